// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.TreePath;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.LayerWork;
import java.io.IOException;
import java.util.Optional;

/**
 * The layer of a WORKDIR: the directories it made, which may be none.
 *
 * @param path the directory, absolute
 * @param owner who gets the directories that are made
 */
record WorkdirWork(String path, Optional<OwnerSpec> owner) implements LayerWork {

  @Override
  public void declare(LayerInputs inputs) throws IOException, InterruptedException {
    inputs.add("path", path);
    if (owner.isPresent()) {
      Owner resolved = owner.get().resolve(inputs);
      inputs.add("user", resolved.uid() + ":" + resolved.gid());
    }
  }

  @Override
  public void execute(LayerContext layer) throws IOException {
    Optional<Owner> resolved =
        owner.isPresent()
            ? Optional.of(owner.get().resolve(layer.fileSystem().base()))
            : Optional.empty();
    CopyOptions options = new CopyOptions(resolved, Optional.empty(), true, true);
    TreePath directory = layer.fileSystem().base().follow(TreePath.of(path));
    new TreeCopier(layer.fileSystem(), options, layer.now()).makeDirectories(directory);
  }
}
