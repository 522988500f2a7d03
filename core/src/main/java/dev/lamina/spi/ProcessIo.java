// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a process's bytes come from and go to. The engine pumps them while the process runs, each
 * stream on its own thread, and closes none of the three.
 *
 * @param stdin read until its end; without it the process finds its stdin at end of file
 * @param stdout gets what the process writes to file descriptor 1, as it comes
 * @param stderr gets what the process writes to file descriptor 2, as it comes
 */
public record ProcessIo(Optional<InputStream> stdin, OutputStream stdout, OutputStream stderr) {

  /** Returns an io with stdin closed whose output is thrown away. */
  public static ProcessIo discarding() {
    return new ProcessIo(
        Optional.empty(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
  }

  /**
   * Returns an io with stdin closed that hands each line to a consumer, from the threads that read
   * them. A line longer than 64 KiB comes in pieces, so memory is bounded whatever the process
   * writes. Bytes that are not UTF-8 become U+FFFD.
   */
  public static ProcessIo lines(Consumer<String> stdout, Consumer<String> stderr) {
    return new ProcessIo(Optional.empty(), new LineSplitter(stdout), new LineSplitter(stderr));
  }

  /** Returns this io with another source of stdin. */
  public ProcessIo withStdin(InputStream source) {
    return new ProcessIo(Optional.of(source), stdout, stderr);
  }
}
