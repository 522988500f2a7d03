// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

/**
 * Hears how the blobs of an image are pulled or pushed.
 *
 * <pre>{@code
 * store.pull(Pull.of("debian").listener(event -> System.err.println(event)));
 * }</pre>
 *
 * <p>It is told one event at a time, from whichever thread moves the blob, so that it needs no lock
 * of its own for one pull or push. What it throws stops the transfer.
 */
@FunctionalInterface
public interface TransferListener {
  /** Hears one event. */
  void on(TransferEvent event);

  /** Returns a listener that does nothing. */
  static TransferListener none() {
    return event -> {};
  }
}
