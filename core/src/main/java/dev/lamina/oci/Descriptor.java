// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.JsonMembers;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a document says of a blob elsewhere: its media type, digest and size, and what else is good
 * to know before fetching it. Immutable; fields unknown here are kept.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md">OCI
 *     descriptor</a>
 */
public final class Descriptor {
  private static final Set<String> KNOWN =
      Set.of(
          "mediaType", "digest", "size", "urls", "annotations", "data", "platform", "artifactType");

  private final String mediaType;
  private final Digest digest;
  private final long size;
  private final List<String> urls;
  private final Map<String, String> annotations;
  private final Optional<String> data;
  private final Optional<Platform> platform;
  private final Optional<String> artifactType;
  private final JsonObject unknown;

  private Descriptor(
      String mediaType,
      Digest digest,
      long size,
      List<String> urls,
      Map<String, String> annotations,
      Optional<String> data,
      Optional<Platform> platform,
      Optional<String> artifactType,
      JsonObject unknown) {
    if (size < 0) {
      throw new IllegalArgumentException(
          "size of " + digest + ": expected 0 or more, found " + size);
    }
    this.mediaType = mediaType;
    this.digest = digest;
    this.size = size;
    this.urls = List.copyOf(urls);
    this.annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    this.data = data;
    this.platform = platform;
    this.artifactType = artifactType;
    this.unknown = unknown;
  }

  /** Returns a descriptor of {@code size} bytes, with nothing optional. */
  public static Descriptor of(String mediaType, Digest digest, long size) {
    return new Descriptor(
        mediaType,
        digest,
        size,
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new JsonObject());
  }

  /** Returns a descriptor of {@code content}, under its SHA-256. */
  public static Descriptor of(String mediaType, byte[] content) {
    return of(mediaType, Digest.sha256(content), content.length);
  }

  /** Returns the blob's media type; empty if the document gives none. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the blob's digest. */
  public Digest digest() {
    return digest;
  }

  /** Returns the blob's size in bytes. */
  public long size() {
    return size;
  }

  /** Returns where else the blob may be had. */
  public List<String> urls() {
    return urls;
  }

  /** Returns the annotations, in the document's order. */
  public Map<String, String> annotations() {
    return annotations;
  }

  /** Returns the blob itself if the descriptor carries it; not checked against the digest. */
  public Optional<byte[]> data() {
    return data.map(Base64.getDecoder()::decode);
  }

  /** Returns what a manifest in an index runs on. */
  public Optional<Platform> platform() {
    return platform;
  }

  /** Returns the type of the artifact that a manifest describes. */
  public Optional<String> artifactType() {
    return artifactType;
  }

  /** Returns this with another media type. */
  public Descriptor withMediaType(String newMediaType) {
    return new Descriptor(
        newMediaType, digest, size, urls, annotations, data, platform, artifactType, unknown);
  }

  /** Returns this for other bytes, under their SHA-256. */
  public Descriptor withContent(byte[] content) {
    return new Descriptor(
        mediaType,
        Digest.sha256(content),
        content.length,
        urls,
        annotations,
        data,
        platform,
        artifactType,
        unknown);
  }

  /** Returns this with these annotations in place of its own. */
  public Descriptor withAnnotations(Map<String, String> newAnnotations) {
    return new Descriptor(
        mediaType, digest, size, urls, newAnnotations, data, platform, artifactType, unknown);
  }

  /** Returns this with one annotation more, or another value for it. */
  public Descriptor withAnnotation(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(annotations);
    more.put(key, value);
    return withAnnotations(more);
  }

  /** Returns this for a platform. */
  public Descriptor withPlatform(Platform newPlatform) {
    return new Descriptor(
        mediaType,
        digest,
        size,
        urls,
        annotations,
        data,
        Optional.of(newPlatform),
        artifactType,
        unknown);
  }

  /** Returns this with the type of the artifact that a manifest describes; empty for none. */
  public Descriptor withArtifactType(String type) {
    return new Descriptor(
        mediaType,
        digest,
        size,
        urls,
        annotations,
        data,
        platform,
        type.isEmpty() ? Optional.empty() : Optional.of(type),
        unknown);
  }

  static Descriptor read(JsonFields fields) throws InvalidJsonException, InvalidImageException {
    Digest digest = Documents.digest(fields, "digest");
    long size = fields.requireNumber("size");
    if (size < 0) {
      throw new InvalidImageException(fields.where() + ".size: expected 0 or more, found " + size);
    }
    Optional<String> data = fields.string("data");
    if (data.isPresent()) {
      requireBase64(data.get(), fields.where() + ".data");
    }
    Optional<JsonFields> platform = fields.fields("platform");
    JsonMembers unknown = new JsonMembers();
    unknown.putUnknown(fields.object(), KNOWN);
    return new Descriptor(
        fields.string("mediaType").orElse(""),
        digest,
        size,
        fields.strings("urls"),
        fields.stringMap("annotations"),
        data,
        platform.isPresent() ? Optional.of(Platform.read(platform.get())) : Optional.empty(),
        fields.string("artifactType"),
        unknown.object());
  }

  private static void requireBase64(String data, String where) throws InvalidImageException {
    try {
      Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw new InvalidImageException(where + ": expected base64, found other characters", e);
    }
  }

  JsonObject write() {
    JsonMembers json = new JsonMembers();
    json.putAlways("mediaType", mediaType);
    json.putAlways("digest", digest.toString());
    json.putAlways("size", size);
    json.put("urls", urls);
    json.put("annotations", annotations);
    data.ifPresent(d -> json.put("data", new JsonPrimitive(d)));
    platform.ifPresent(p -> json.put("platform", p.write()));
    json.put("artifactType", artifactType.orElse(""));
    json.putUnknown(unknown, KNOWN);
    return json.object();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Descriptor descriptor && write().equals(descriptor.write());
  }

  @Override
  public int hashCode() {
    return Objects.hash(mediaType, digest, size);
  }

  /** Returns media type, digest and size. */
  @Override
  public String toString() {
    return mediaType + " " + digest + " (" + size + " bytes)";
  }
}
