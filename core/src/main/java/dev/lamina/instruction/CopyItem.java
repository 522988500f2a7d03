// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import java.io.IOException;

/** One source of a COPY or an ADD. */
interface CopyItem {

  /** Fails if the item is taken from that source, and isn't there. */
  default void checkSource(FileSource source, FileTree files) throws IOException {}

  /** Declares what is copied, or fails if it isn't there. */
  void declare(LayerInputs inputs) throws IOException, InterruptedException;

  /**
   * Copies it.
   *
   * @param options how
   * @param destination where to, absolute, with the end that says whether it is a directory
   */
  void copy(LayerContext layer, CopyOptions options, String destination)
      throws IOException, InterruptedException;
}
