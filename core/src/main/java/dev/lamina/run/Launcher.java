// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What differs between engines once a session's root is mounted: how one process is confined and
 * started in it.
 */
interface Launcher {

  /**
   * Returns the program that the supervisor's script asks to end containers; {@code none} if there
   * is none.
   */
  String runtime();

  /** Returns more options for the mount of the root, each with a comma behind it; may be empty. */
  String mountOptions();

  /** Tells whether a link that lies in a mount could lead another mount out of the root. */
  boolean followsLinksInMounts();

  /** Returns what will not work although processes can be started. */
  List<String> warnings();

  /**
   * One process to start. Paths are those of the supervisor's mount name space.
   *
   * @param id a name no other process of the session has
   * @param spec what to run
   * @param session the session's directory
   * @param bundle an empty directory in memory, for this process alone
   * @param bundleFromHost the same directory, as this JVM sees it
   * @param mounted the root
   * @param workingDirectory where the process begins, without links, as far as is known
   * @param mounts what to mount in the root, in this order
   */
  record Start(
      String id,
      ProcessSpec spec,
      Path session,
      Path bundle,
      Path bundleFromHost,
      MountedRoot mounted,
      String workingDirectory,
      List<HostMount> mounts) {
    /** Returns where the root is mounted. */
    Path root() {
      return session.resolve("ns/root");
    }
  }

  /**
   * Writes what the engine needs into the bundle, and returns the command to run in the
   * supervisor's name spaces.
   */
  List<String> command(Start start) throws IOException;

  /** Returns the command that ends a process with everything it started. */
  List<String> killCommand(Start start);

  /**
   * Returns why the process was not started at all, as its engine said it; empty if it was started.
   */
  String startFailure(Start start) throws IOException;
}
