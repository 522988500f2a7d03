// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.nio.file.Path;

/** Reads an upper directory by walking through it: for root, who can read everything. */
record DirectUpperReader(CapabilityReader capabilities) implements UpperReader {
  @Override
  public Changes read(Path upper, FileTree base) throws IOException {
    return UpperDirectory.read(upper, base, capabilities);
  }
}
