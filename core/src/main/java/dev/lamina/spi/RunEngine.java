// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs processes in root file systems. An <i>engine</i> knows one way to do it (runc, bubblewrap, a
 * table of lambdas…). A <i>session</i> is one root with a writable top in which processes run one
 * after another or side by side. The session's <i>changes</i> are what the processes left in the
 * root, against the root it was opened with.
 *
 * <p>An engine has no state of its own that a caller could see; it is safe for use by several
 * threads, and its sessions do not see each other, except through {@link Mount.Cache}.
 */
public interface RunEngine {

  /** Returns the engine's name, as a user would choose it: {@code runc}. */
  String name();

  /** Runs something small, to see whether this engine works here. Never throws; does not cache. */
  Probe probe();

  /**
   * Returns what keeps layers made with this engine apart from those of others in the build cache.
   * Nothing, if a command does here what it does anywhere: then one engine's layers are another's.
   */
  default Optional<String> distinction() {
    return Optional.empty();
  }

  /**
   * Opens a session on a root.
   *
   * @param root what the processes find; not changed
   * @param folder a folder of the host that outlives sessions and JVMs, usually one store's;
   *     several JVMs may use it at once. What a killed JVM leaves in it is removed by a later
   *     session
   * @throws RunException if the root cannot be made
   */
  RunSession open(RootFs root, Path folder) throws IOException;
}
