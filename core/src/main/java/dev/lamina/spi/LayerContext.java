// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.event.LogStream;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a layer is made. Valid during the call it is given to, on the thread of that call. */
public interface LayerContext extends StepFiles {

  /** Returns the files, which may be changed: what differs in the end is the layer. */
  OverlayFileSystem fileSystem();

  /** Returns a path of the files that may be changed, such as {@code /etc/hosts}. */
  default Path path(String path) {
    return fileSystem().getPath(path);
  }

  /** Returns the time that files made now get. */
  Instant now();

  /**
   * Runs a process in the files and waits for it. Its output becomes events; what it changed is in
   * {@link #fileSystem} afterwards.
   *
   * @throws RunException if there is no engine that could run it
   * @throws InterruptedException if the build was cancelled; the process is gone then
   */
  ProcessResult run(ProcessSpec process) throws IOException, InterruptedException;

  /** Returns the files of a source as a process can be given them. */
  RootFs root(FileSource source) throws IOException, InterruptedException;

  /** Returns the secret the build was given under a name. */
  Optional<byte[]> secret(String id) throws IOException;

  /** Returns the socket of the SSH agent the build was given under a name. */
  Optional<Path> sshAgent(String id);

  /** Makes an empty file that is gone once the layer is done. */
  Path temporaryFile() throws IOException;

  /** Tells the build's listener a line of output. */
  void log(LogStream stream, String line);

  /** Tells the build's listener how many bytes were moved so far. */
  void progress(String subject, long bytes, OptionalLong total);
}
