// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.fs.FileTree;
import java.io.IOException;

/**
 * How a step makes its layer. The build first asks for the {@linkplain #declare inputs}; if the
 * cache knows a layer made from the same inputs on the same files, that layer is taken, and
 * otherwise the work is {@linkplain #execute carried out}.
 */
public interface LayerWork {

  /**
   * Says all that the layer depends on, apart from the files it is made on top of and the kind of
   * the instruction. What is not said here does not make a difference to the cache. This may be
   * called twice for a step, and says the same both times.
   *
   * @throws StepException if an input is missing
   */
  void declare(LayerInputs inputs) throws IOException, InterruptedException;

  /**
   * Fails if something the work takes from a source can't be there. This is called for each source
   * that is no stage, before any step of the build is carried out: a misspelt name is told at once,
   * not after the steps before it, as with BuildKit.
   *
   * @param files the files of the source
   * @throws StepException if an input is missing
   */
  default void checkSource(FileSource source, FileTree files) throws IOException {}

  /**
   * Changes the files. Everything changed becomes one layer; nothing does if this throws.
   *
   * @throws InterruptedException if the build was cancelled
   */
  void execute(LayerContext layer) throws IOException, InterruptedException;

  /**
   * Returns whether the layer is made on top of nothing, whatever is below it: {@code --link}. Then
   * the files below are no input.
   */
  default boolean isIndependent() {
    return false;
  }

  /**
   * Returns whether this only looks, and fails the build if it doesn't like what it sees: no layer
   * comes of it. The cache remembers that it passed.
   */
  default boolean isCheck() {
    return false;
  }

  /** Says what a layer depends on; see {@link LayerWork#declare}. */
  @FunctionalInterface
  interface Declaration {
    /** Declares the inputs. */
    void declare(LayerInputs inputs) throws IOException, InterruptedException;
  }

  /** Changes the files; see {@link LayerWork#execute}. */
  @FunctionalInterface
  interface Execution {
    /** Carries the work out. */
    void execute(LayerContext layer) throws IOException, InterruptedException;
  }

  /** Returns work that is done by two functions. */
  static LayerWork of(Declaration inputs, Execution execution) {
    return new FunctionalWork(inputs, execution, false);
  }

  /** Returns a {@linkplain #isCheck check} that is done by two functions. */
  static LayerWork check(Declaration inputs, Execution execution) {
    return new FunctionalWork(inputs, execution, true);
  }
}
