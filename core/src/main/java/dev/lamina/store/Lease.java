// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.io.Closeable;
import java.io.IOException;

/**
 * Keeps what is put into a store from being pruned before something refers to it. While a lease is
 * open, in whatever process, nothing is pruned that came in, or was found to be there already,
 * since it was opened.
 *
 * <pre>{@code
 * try (Lease lease = store.lease()) {
 *   List<Layer> layers = ...;              // committed or ingested one by one
 *   StoredImage image = store.put(config, layers);
 * }
 * }</pre>
 *
 * <p>The lease of a process that dies ends with it. On disk a lease costs nothing until something
 * comes in through the store that it was taken from; what comes in through others is protected from
 * then on.
 */
public interface Lease extends Closeable {
  /** Ends the lease. */
  @Override
  void close() throws IOException;
}
