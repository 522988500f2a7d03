// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.LayerWork;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The layer of a COPY or an ADD. {@code --link} makes no difference to it, as in a Docker Engine
 * whose store can't merge layers: the copy follows the destination's links.
 *
 * @param items what is copied, in order
 * @param destination where to, absolute, with the end that says whether it is a directory
 * @param owner what {@code --chown} says
 * @param mode what {@code --chmod} says
 * @param modeText the same as it was written
 */
record CopyWork(
    List<CopyItem> items,
    String destination,
    Optional<OwnerSpec> owner,
    Optional<ModeChange> mode,
    String modeText)
    implements LayerWork {

  @Override
  public void declare(LayerInputs inputs) throws IOException, InterruptedException {
    inputs.add("destination", destination);
    inputs.add("chmod", modeText);
    if (owner.isPresent()) {
      Owner resolved = owner.get().resolve(inputs);
      inputs.add("chown", resolved.uid() + ":" + resolved.gid());
      for (String name : owner.get().unknownOn(inputs.files())) {
        inputs.warn("UnknownOwner", "--chown: the image has no " + name + ", which stands for 0");
      }
    }
    for (CopyItem item : items) {
      item.declare(inputs);
    }
  }

  @Override
  public void checkSource(FileSource source, FileTree files) throws IOException {
    for (CopyItem item : items) {
      item.checkSource(source, files);
    }
  }

  @Override
  public void execute(LayerContext layer) throws IOException, InterruptedException {
    FileTree before = layer.fileSystem().base();
    Optional<Owner> resolved =
        owner.isPresent() ? Optional.of(owner.get().resolve(before)) : Optional.empty();
    CopyOptions options = new CopyOptions(resolved, mode, true, true);
    for (CopyItem item : items) {
      item.copy(layer, options, destination);
    }
  }
}
