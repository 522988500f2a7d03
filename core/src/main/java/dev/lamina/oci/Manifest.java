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
 * An image manifest, of OCI or of Docker (version 2, schema 2): its configuration and its layers,
 * the lowest first. Immutable; keeps the bytes it was parsed from.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md">OCI
 *     manifest</a>
 */
public final class Manifest implements ImageDocument {
  private static final Set<String> KNOWN =
      Set.of(
          "schemaVersion",
          "mediaType",
          "artifactType",
          "config",
          "layers",
          "subject",
          "annotations");

  private final byte[] raw;
  private final Digest digest;
  private final JsonObject json;
  private final String mediaType;
  private static final byte[] EMPTY_JSON = {'{', '}'};

  private final Optional<String> artifactType;
  private final Descriptor config;
  private final List<Descriptor> layers;
  private final Optional<Descriptor> subject;
  private final Map<String, String> annotations;

  private Manifest(byte[] raw, String declaredType, JsonFields fields)
      throws InvalidJsonException, InvalidImageException {
    Documents.requireSchema2(fields);
    if (fields.has("manifests")) {
      throw new InvalidImageException(
          fields.where() + ": expected an image manifest, found the \"manifests\" of an index");
    }
    this.raw = raw;
    this.digest = Digest.sha256(raw);
    this.json = fields.object();
    this.mediaType = Documents.mediaType(fields, declaredType, MediaTypes.OCI_MANIFEST);
    this.artifactType = fields.string("artifactType").filter(type -> !type.isEmpty());
    this.config = Descriptor.read(fields.requireFields("config"));
    this.layers = Documents.list(fields, "layers", Descriptor::read);
    this.subject = Documents.optional(fields, "subject", Descriptor::read);
    this.annotations = fields.stringMap("annotations");
    if (!MediaTypes.isManifest(mediaType)) {
      throw new InvalidImageException(
          fields.where() + ".mediaType: expected an image manifest, found \"" + mediaType + '"');
    }
  }

  /**
   * Parses a manifest.
   *
   * @throws InvalidImageException if {@code raw} isn't one
   */
  public static Manifest parse(byte[] raw) throws InvalidImageException {
    return parse(raw, "");
  }

  /**
   * Parses a manifest of the media type that its descriptor or its server gives.
   *
   * @param mediaType empty if nothing is said
   * @throws InvalidImageException if {@code raw} isn't that
   */
  public static Manifest parse(byte[] raw, String mediaType) throws InvalidImageException {
    byte[] copy = raw.clone();
    return Documents.read(
        copy, "manifest", Documents.MAX_MANIFEST, fields -> new Manifest(copy, mediaType, fields));
  }

  /**
   * Returns an OCI manifest.
   *
   * @param layers the lowest first
   */
  public static Manifest of(
      Descriptor config, List<Descriptor> layers, Map<String, String> annotations) {
    return of(MediaTypes.OCI_MANIFEST, config, layers, annotations);
  }

  /**
   * Returns a manifest of this media type.
   *
   * @param mediaType {@link MediaTypes#OCI_MANIFEST} or {@link MediaTypes#DOCKER_MANIFEST}
   * @param layers the lowest first
   */
  public static Manifest of(
      String mediaType,
      Descriptor config,
      List<Descriptor> layers,
      Map<String, String> annotations) {
    if (!MediaTypes.isManifest(mediaType)) {
      throw new IllegalArgumentException(
          "media type: expected an image manifest, found \"" + mediaType + '"');
    }
    return write(
        mediaType,
        Optional.empty(),
        config,
        layers,
        Optional.empty(),
        annotations,
        new JsonObject());
  }

  /**
   * Returns the manifest of an artifact: something other than an image that refers to a manifest.
   *
   * @param artifactType what it is, as a media type
   * @param content its bytes
   * @param subject what it refers to
   * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md">image-spec,
   *     guidelines for artifact usage</a>
   */
  public static Manifest artifact(String artifactType, Descriptor content, Descriptor subject) {
    return write(
        MediaTypes.OCI_MANIFEST,
        Optional.of(artifactType),
        Descriptor.of(MediaTypes.OCI_EMPTY, EMPTY_JSON.clone()),
        List.of(content),
        Optional.of(subject),
        Map.of(),
        new JsonObject());
  }

  /** Returns the bytes that the configuration of an {@link #artifact} stands for. */
  public static byte[] emptyConfig() {
    return EMPTY_JSON.clone();
  }

  /** Returns the configuration's descriptor. */
  public Descriptor config() {
    return config;
  }

  /** Returns the layers' descriptors, the lowest first. */
  public List<Descriptor> layers() {
    return layers;
  }

  /** Returns the type of artifact this is, if it isn't an image. */
  public Optional<String> artifactType() {
    return artifactType;
  }

  /**
   * Returns whether this is an image, not some other artifact: attestations and signatures have an
   * image's configuration too, but layers of other types.
   */
  public boolean isImage() {
    return MediaTypes.isConfig(config.mediaType())
        && artifactType.isEmpty()
        && layers.stream().allMatch(layer -> MediaTypes.isLayer(layer.mediaType()));
  }

  /** Returns this with another configuration and other layers; all else stays. */
  public Manifest withContents(Descriptor newConfig, List<Descriptor> newLayers) {
    return write(mediaType, artifactType, newConfig, newLayers, subject, annotations, json);
  }

  /** Returns this with these annotations in place of its own. */
  public Manifest withAnnotations(Map<String, String> newAnnotations) {
    return write(mediaType, artifactType, config, layers, subject, newAnnotations, json);
  }

  /** Returns this with one annotation more, or another value for it. */
  public Manifest withAnnotation(String key, String value) {
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

  /** Two manifests are equal if their bytes are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Manifest manifest && Arrays.equals(raw, manifest.raw);
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

  static boolean looksLikeIndex(byte[] raw) throws InvalidImageException {
    return Documents.read(
        raw,
        "manifest",
        Documents.MAX_MANIFEST,
        fields ->
            MediaTypes.isIndex(fields.string("mediaType").orElse(""))
                || (fields.has("manifests") && !fields.has("config")));
  }

  private static Manifest write(
      String mediaType,
      Optional<String> artifactType,
      Descriptor config,
      List<Descriptor> layers,
      Optional<Descriptor> subject,
      Map<String, String> annotations,
      JsonObject before) {
    JsonMembers json = new JsonMembers();
    json.putAlways("schemaVersion", 2);
    json.put("mediaType", mediaType);
    json.put("artifactType", artifactType.orElse(""));
    json.put("config", config.write());
    JsonArray array = new JsonArray();
    layers.forEach(layer -> array.add(layer.write()));
    json.put("layers", array);
    subject.ifPresent(s -> json.put("subject", s.write()));
    json.put("annotations", annotations);
    json.putUnknown(before, KNOWN);
    byte[] raw = GoJson.write(json.object());
    try {
      return new Manifest(raw, mediaType, JsonFields.of(json.object(), "manifest"));
    } catch (InvalidJsonException | InvalidImageException e) {
      throw new IllegalStateException("manifest written here can't be read", e);
    }
  }
}
