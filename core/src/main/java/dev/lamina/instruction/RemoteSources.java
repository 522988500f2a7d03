// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.spi.GitSource;
import dev.lamina.spi.StepException;

/** Tells sources that come over the network from paths. */
final class RemoteSources {
  private RemoteSources() {}

  static boolean isRemote(String source) throws StepException {
    return isUrl(source) || GitSource.parse(source).isPresent();
  }

  /** Tells whether a source is a URL of a file; a URL that ends in {@code .git} is a repository. */
  static boolean isUrl(String source) throws StepException {
    return (source.startsWith("http://") || source.startsWith("https://"))
        && GitSource.parse(source).isEmpty();
  }
}
