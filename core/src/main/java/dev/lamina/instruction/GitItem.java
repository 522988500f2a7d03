// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.path.PathFilter;
import dev.lamina.spi.Checkout;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.Optional;

/**
 * The files of a Git repository.
 *
 * @param repository which, and what of it
 * @param keepGitDir whether {@code .git} is one of them
 */
record GitItem(GitSource repository, boolean keepGitDir) implements CopyItem {

  /** Returns the item for a source and the flags of its ADD, which must not contradict it. */
  static GitItem of(GitSource source, Optional<Boolean> keepGitDir, Optional<String> checksum)
      throws StepException {
    if (keepGitDir.isPresent()
        && source.keepGitDir().isPresent()
        && !keepGitDir.equals(source.keepGitDir())) {
      throw new StepException("inconsistent keep-git-dir configuration");
    }
    if (checksum.isPresent()
        && !source.checksum().isEmpty()
        && !checksum.get().equals(source.checksum())) {
      throw new StepException(
          "checksum mismatch \"" + checksum.get() + "\" != \"" + source.checksum() + "\"");
    }
    boolean keep = source.keepGitDir().or(() -> keepGitDir).orElse(false);
    return new GitItem(checksum.isPresent() ? source.withChecksum(checksum.get()) : source, keep);
  }

  @Override
  public void declare(LayerInputs inputs) throws IOException, InterruptedException {
    inputs.add("git directory", keepGitDir + " " + repository.subdir());
    inputs.add("submodules", Boolean.toString(repository.submodules()));
    inputs.add("commit", inputs.checkout(repository, keepGitDir).commit());
  }

  @Override
  public void copy(LayerContext layer, CopyOptions options, String destination)
      throws IOException, InterruptedException {
    Checkout checkout = layer.checkout(repository, keepGitDir);
    new TreeCopier(layer.fileSystem(), options, layer.now())
        .copy(checkout.files(), "/", destination, PathFilter.ALL);
  }
}
