// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lamina.fs.Content;
import dev.lamina.json.GoJson;
import dev.lamina.json.JsonMembers;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes images of a store as a Docker archive. */
final class DockerArchiveWriter {
  private final LocalStore store;

  DockerArchiveWriter(LocalStore store) {
    this.store = store;
  }

  void write(List<NamedImage> images, ArchiveOutput output) throws IOException {
    output.write(out -> write(images, out));
  }

  private void write(List<NamedImage> images, OutputStream out) throws IOException {
    LayoutTar tar = new LayoutTar(out);
    JsonArray manifest = new JsonArray();
    List<Descriptor> index = new ArrayList<>();
    for (NamedImage each : images) {
      StoredImage image = store.image(each.image());
      List<Descriptor> layers = new ArrayList<>();
      for (Layer layer : image.layers()) {
        Content bytes = layer.tar();
        layers.add(Descriptor.of(MediaTypes.OCI_LAYER, layer.diffId(), bytes.size()));
        tar.putBlob(layer.diffId(), bytes);
      }
      byte[] config = image.config().raw();
      tar.putBlob(image.id(), Content.of(config));
      Manifest oci = Manifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config), layers, Map.of());
      tar.putBlob(oci.digest(), Content.of(oci.raw()));
      manifest.add(entry(image, each.names(), layers));
      addTo(index, oci.descriptor(), each.names());
    }
    tar.putIndex(index);
    tar.put(DockerArchiveReader.MANIFEST_FILE, Content.of(GoJson.write(manifest)));
    tar.finish();
  }

  private static void addTo(
      List<Descriptor> index, Descriptor manifest, List<ImageReference> names) {
    if (names.isEmpty()) {
      index.add(manifest);
    }
    names.forEach(name -> index.add(OciLayoutWriter.annotated(manifest, name)));
  }

  private static JsonObject entry(
      StoredImage image, List<ImageReference> names, List<Descriptor> layers) {
    JsonMembers entry = new JsonMembers();
    entry.putAlways("Config", OciLayoutReader.path(image.id()));
    entry.put("RepoTags", JsonMembers.array(names.stream().map(ImageReference::familiar).toList()));
    entry.put(
        "Layers",
        JsonMembers.array(layers.stream().map(l -> OciLayoutReader.path(l.digest())).toList()));
    return entry.object();
  }
}
