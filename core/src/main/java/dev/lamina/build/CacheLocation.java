// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.util.Objects.requireNonNull;

import dev.lamina.archive.BlobSource;
import dev.lamina.archive.NamedImage;
import dev.lamina.archive.OciLayout;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.registry.ImagePush;
import dev.lamina.registry.RegistryClient;
import dev.lamina.registry.RegistryOptions;
import dev.lamina.store.LocalStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a build's cache is kept for other machines: an image of its own, whose configuration says
 * which layer a key stands for, beside the layers. Other tools take it for an image without a
 * command.
 */
public sealed interface CacheLocation {

  /** Returns a folder that is an OCI layout, or becomes one; it holds one cache. */
  static CacheLocation layout(Path folder) {
    return new Layout(folder);
  }

  /** Returns a reference in a registry, with the credentials that Docker is configured with. */
  static CacheLocation registry(String reference) {
    return registry(reference, RegistryOptions.DEFAULT);
  }

  /** Returns a reference in a registry. */
  static CacheLocation registry(String reference, RegistryOptions options) {
    return new Registry(ImageReference.parse(reference), options);
  }

  /** Finds the cache and gives access to its parts. */
  Opened open() throws IOException;

  /** Writes an image of a store there. */
  void write(LocalStore store, Descriptor image) throws IOException;

  /**
   * A cache that was found.
   *
   * @param image its manifest
   * @param blobs where its parts are
   */
  record Opened(Descriptor image, BlobSource blobs) {}

  /**
   * An OCI layout.
   *
   * @param folder its folder
   */
  record Layout(Path folder) implements CacheLocation {
    private static final ImageReference NAME = ImageReference.parse("lamina/build-cache:latest");

    /** Checks that nothing is missing. */
    public Layout {
      requireNonNull(folder);
    }

    @Override
    public Opened open() throws IOException {
      ImageIndex index = ImageIndex.parse(Files.readAllBytes(folder.resolve("index.json")));
      for (Descriptor image : index.manifests()) {
        if (image.annotations().containsValue(NAME.toString())) {
          return new Opened(image, new LayoutBlobs(folder));
        }
      }
      throw new BuildException(folder + ": expected a build cache, found none in index.json");
    }

    @Override
    public void write(LocalStore store, Descriptor image) throws IOException {
      OciLayout.at(folder).write(store, List.of(new NamedImage(image, List.of(NAME))));
    }

    private record LayoutBlobs(Path folder) implements BlobSource {
      private Path file(Descriptor blob) {
        return folder
            .resolve("blobs")
            .resolve(blob.digest().algorithm())
            .resolve(blob.digest().hex());
      }

      @Override
      public InputStream open(Descriptor blob) throws IOException {
        return Files.newInputStream(file(blob));
      }

      @Override
      public boolean has(Descriptor manifest) {
        return hasBlob(manifest);
      }

      @Override
      public boolean hasBlob(Descriptor blob) {
        return Files.exists(file(blob));
      }
    }
  }

  /**
   * A reference in a registry.
   *
   * @param reference its name
   * @param options how the registry is reached
   */
  record Registry(ImageReference reference, RegistryOptions options) implements CacheLocation {
    /** Checks that nothing is missing. */
    public Registry {
      requireNonNull(reference);
      requireNonNull(options);
    }

    @Override
    public Opened open() throws IOException {
      RegistryClient client = RegistryClient.of(options);
      return new Opened(
          client.manifest(reference).descriptor(), new RegistryBlobs(client, reference));
    }

    @Override
    public void write(LocalStore store, Descriptor image) throws IOException {
      Descriptor unused = ImagePush.from(store, RegistryClient.of(options)).run(image, reference);
    }

    private record RegistryBlobs(RegistryClient client, ImageReference repository)
        implements BlobSource {
      @Override
      public InputStream open(Descriptor blob) throws IOException {
        return client.openBlob(repository, blob);
      }

      @Override
      public InputStream openManifest(Descriptor manifest) throws IOException {
        return new ByteArrayInputStream(client.manifest(repository).raw());
      }

      @Override
      public boolean has(Descriptor manifest) {
        return true;
      }

      @Override
      public boolean hasBlob(Descriptor blob) {
        return true;
      }
    }
  }
}
