// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Brings the machine before each run into the same state, whoever ran before and whatever it left.
 * What was written is put on the disk: who writes when much waits for that may have to wait too.
 * Then as much memory as runs need is used and freed again: a virtual machine gets memory that it
 * hasn't used for a while from its host anew, and a file written to such memory takes ten times the
 * CPU time.
 */
final class Calm implements Contender.Step {
  private static final int PIECE = 1 << 20;
  private static final int PIECES = 2_000;

  private final Meter meter;
  private final Path scratch;

  /** Takes a file to write and delete. */
  Calm(Meter meter, Path scratch) {
    this.meter = meter;
    this.scratch = scratch;
  }

  @Override
  public void run() throws IOException, InterruptedException {
    Cost unused = meter.run(List.of("sync"), Set.of());
    byte[] piece = new byte[PIECE];
    try (OutputStream out = Files.newOutputStream(scratch)) {
      for (int i = 0; i < PIECES; i++) {
        out.write(piece);
      }
    }
    Files.delete(scratch);
  }
}
