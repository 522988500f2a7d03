// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

/**
 * A tree of files that a step takes from: the build context, another stage, an image. While a build
 * is planned it is a name only; {@link StepFiles#tree} gives its files.
 */
public interface FileSource {

  /** Returns what to call it in a message, {@code build context} or {@code stage build}. */
  String name();

  /**
   * Says that a path or wildcard, and all below it, will be looked at. A context that is a folder
   * shows what was asked for in this way by any step of the build, and nothing else; links on the
   * way are followed.
   *
   * @param path below the source's root, with slashes; {@code /} for all
   */
  void need(String path);
}
