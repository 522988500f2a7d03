// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is said of an image that is made of files alone.
 *
 * @param platform what the files are for
 * @param config how containers are run
 * @param comment of the one step in the history
 * @param created when it is made; empty for the present
 */
record ImportSettings(
    Platform platform, ContainerConfig config, String comment, Optional<Instant> created) {
  static final ImportSettings DEFAULT =
      new ImportSettings(
          Platform.host(), ContainerConfig.EMPTY, "Imported from -", Optional.empty());

  ImportSettings withPlatform(Platform newPlatform) {
    return new ImportSettings(newPlatform, config, comment, created);
  }

  ImportSettings withConfig(ContainerConfig newConfig) {
    return new ImportSettings(platform, newConfig, comment, created);
  }

  ImportSettings withComment(String newComment) {
    return new ImportSettings(platform, config, newComment, created);
  }

  ImportSettings withCreated(Instant newCreated) {
    return new ImportSettings(platform, config, comment, Optional.of(newCreated));
  }

  NamedImage importTar(LocalStore store, ArchiveInput input, Optional<ImageReference> name)
      throws IOException {
    try (InputStream tar = input.openStream()) {
      return image(store, store.layers().ingestTar(tar, input.where()), name);
    }
  }

  NamedImage importTree(LocalStore store, FileTree tree, Optional<ImageReference> name)
      throws IOException {
    return image(store, store.layers().commit(tree.diff(FileTree.empty())), name);
  }

  private NamedImage image(LocalStore store, Layer layer, Optional<ImageReference> name)
      throws IOException {
    Instant time = created.orElseGet(Instant::now);
    ImageConfig image =
        ImageConfig.of(platform)
            .withConfig(config)
            .withCreated(time)
            .withLayer(layer.diffId(), HistoryEntry.layer(time, "", comment));
    return new NamedImage(
        store.put(image, List.of(layer)).manifestDescriptor(),
        name.map(List::of).orElse(List.of()));
  }
}
