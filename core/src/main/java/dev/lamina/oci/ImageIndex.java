// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lamina.json.GoJson;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.JsonMembers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An image index or a Docker manifest list: manifests of the same image for several platforms, and
 * what belongs to them. Immutable; keeps the bytes it was parsed from.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md">OCI image
 *     index</a>
 */
public final class ImageIndex implements ImageDocument {
  private static final Set<String> KNOWN =
      Set.of("schemaVersion", "mediaType", "artifactType", "manifests", "subject", "annotations");

  private final byte[] raw;
  private final Digest digest;
  private final JsonObject json;
  private final String mediaType;
  private final Optional<String> artifactType;
  private final List<Descriptor> manifests;
  private final Optional<Descriptor> subject;
  private final Map<String, String> annotations;

  private ImageIndex(byte[] raw, String declaredType, JsonFields fields)
      throws InvalidJsonException, InvalidImageException {
    Documents.requireSchema2(fields);
    for (String name : List.of("config", "layers", "fsLayers")) {
      if (fields.has(name)) {
        throw new InvalidImageException(
            fields.where() + ": expected an index, found the \"" + name + "\" of a manifest");
      }
    }
    this.raw = raw;
    this.digest = Digest.sha256(raw);
    this.json = fields.object();
    this.mediaType = Documents.mediaType(fields, declaredType, MediaTypes.OCI_INDEX);
    this.artifactType = fields.string("artifactType").filter(type -> !type.isEmpty());
    this.manifests = Documents.list(fields, "manifests", Descriptor::read);
    this.subject = Documents.optional(fields, "subject", Descriptor::read);
    this.annotations = fields.stringMap("annotations");
    if (!MediaTypes.isIndex(mediaType)) {
      throw new InvalidImageException(
          fields.where() + ".mediaType: expected an image index, found \"" + mediaType + '"');
    }
  }

  /**
   * Parses an index.
   *
   * @throws InvalidImageException if {@code raw} isn't one
   */
  public static ImageIndex parse(byte[] raw) throws InvalidImageException {
    return parse(raw, "");
  }

  /**
   * Parses an index of the media type that its descriptor or its server gives.
   *
   * @param mediaType empty if nothing is said
   * @throws InvalidImageException if {@code raw} isn't that
   */
  public static ImageIndex parse(byte[] raw, String mediaType) throws InvalidImageException {
    byte[] copy = raw.clone();
    return Documents.read(
        copy, "index", Documents.MAX_MANIFEST, fields -> new ImageIndex(copy, mediaType, fields));
  }

  /** Returns an OCI index of these manifests, in this order. */
  public static ImageIndex of(List<Descriptor> manifests, Map<String, String> annotations) {
    return of(MediaTypes.OCI_INDEX, manifests, annotations);
  }

  /**
   * Returns an index of this media type.
   *
   * @param mediaType {@link MediaTypes#OCI_INDEX} or {@link MediaTypes#DOCKER_INDEX}
   */
  public static ImageIndex of(
      String mediaType, List<Descriptor> manifests, Map<String, String> annotations) {
    if (!MediaTypes.isIndex(mediaType)) {
      throw new IllegalArgumentException(
          "media type: expected an image index, found \"" + mediaType + '"');
    }
    return write(
        mediaType, Optional.empty(), manifests, Optional.empty(), annotations, new JsonObject());
  }

  /** Returns the manifests' descriptors, in the document's order. */
  public List<Descriptor> manifests() {
    return manifests;
  }

  /** Returns the type of artifact this is, if it isn't an image. */
  public Optional<String> artifactType() {
    return artifactType;
  }

  /**
   * Returns the manifest that suits {@code wanted} best: the platform itself, else one that it runs
   * too, in containerd's order ({@code arm/v7} runs {@code v6}; {@code amd64} runs {@code 386}). Of
   * equals the first. Manifests without a platform, and attestations, are never picked.
   */
  public Optional<Descriptor> select(Platform wanted) {
    return PlatformMatcher.best(wanted, manifests);
  }

  /** Returns this with other manifests; all else stays. */
  public ImageIndex withManifests(List<Descriptor> newManifests) {
    return write(mediaType, artifactType, newManifests, subject, annotations, json);
  }

  /** Returns this with these annotations in place of its own. */
  public ImageIndex withAnnotations(Map<String, String> newAnnotations) {
    return write(mediaType, artifactType, manifests, subject, newAnnotations, json);
  }

  /** Returns this with one annotation more, or another value for it. */
  public ImageIndex withAnnotation(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(annotations);
    more.put(key, value);
    return withAnnotations(more);
  }

  @Override
  public byte[] raw() {
    return raw.clone();
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public String mediaType() {
    return mediaType;
  }

  @Override
  public Map<String, String> annotations() {
    return annotations;
  }

  @Override
  public Optional<Descriptor> subject() {
    return subject;
  }

  /** Two indexes are equal if their bytes are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ImageIndex index && Arrays.equals(raw, index.raw);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** Returns the media type and the digest. */
  @Override
  public String toString() {
    return mediaType + " " + digest;
  }

  private static ImageIndex write(
      String mediaType,
      Optional<String> artifactType,
      List<Descriptor> manifests,
      Optional<Descriptor> subject,
      Map<String, String> annotations,
      JsonObject before) {
    JsonMembers json = new JsonMembers();
    json.putAlways("schemaVersion", 2);
    json.put("mediaType", mediaType);
    json.put("artifactType", artifactType.orElse(""));
    JsonArray array = new JsonArray();
    manifests.forEach(manifest -> array.add(manifest.write()));
    json.put("manifests", array);
    subject.ifPresent(s -> json.put("subject", s.write()));
    json.put("annotations", annotations);
    json.putUnknown(before, KNOWN);
    byte[] raw = GoJson.write(json.object());
    try {
      return new ImageIndex(raw, mediaType, JsonFields.of(json.object(), "index"));
    } catch (InvalidJsonException | InvalidImageException e) {
      throw new IllegalStateException("index written here can't be read", e);
    }
  }
}
