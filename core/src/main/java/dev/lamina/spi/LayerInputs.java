// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import java.io.IOException;

/** Collects what a layer depends on, in order. */
public interface LayerInputs extends StepFiles {

  /**
   * Adds an input.
   *
   * @param name what it is called when the cache explains itself: {@code file src/Main.java},
   *     {@code build argument VERSION}
   * @param value its value, or a digest of it where it is long or secret
   */
  void add(String name, String value);

  /**
   * Adds a file, or all that is in a folder, as an input: names, types, modes, owners and contents,
   * no times.
   *
   * @param path below the source's root; the step has to have {@linkplain FileSource#need needed}
   *     it; links are followed
   * @throws StepException if there is nothing
   */
  void addFiles(FileSource source, String path) throws IOException, InterruptedException;

  /** Returns the files the layer is made on top of. */
  FileTree files() throws IOException, InterruptedException;

  /** Tells whether it is made on top of nothing: there is no layer yet, not even an empty one. */
  boolean isFirst();

  /**
   * Returns the SHA-256 of bytes in hexadecimal; it is remembered for files that did not change.
   * Safe for use by several threads at once.
   */
  String digest(Content content) throws IOException, InterruptedException;

  /**
   * Says that something is allowed but looks wrong. A strict build fails for it.
   *
   * @param rule its name, such as {@code WildcardMatchesNothing}
   * @throws StepException if the build is strict
   */
  void warn(String rule, String message) throws StepException;
}
