// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import com.google.gson.JsonObject;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the readers of the JSON documents share. */
final class Documents {
  /** What registries take at most (distribution specification, "Pushing Manifests"). */
  static final int MAX_MANIFEST = 4 << 20;

  /** Configurations are bounded by no specification; the largest seen are some 100 kB. */
  static final int MAX_CONFIG = 8 << 20;

  /** Reads a part of a document. */
  interface Part<T> {
    T read(JsonFields fields) throws InvalidJsonException, InvalidImageException;
  }

  private Documents() {}

  static <T> T read(byte[] raw, String what, int maxBytes, Part<T> part)
      throws InvalidImageException {
    try {
      JsonObject object = StrictJson.parseObject(raw, what, maxBytes);
      return part.read(JsonFields.of(object, what));
    } catch (InvalidJsonException e) {
      throw new InvalidImageException(String.valueOf(e.getMessage()), e);
    }
  }

  static <T> List<T> list(JsonFields fields, String name, Part<T> part)
      throws InvalidJsonException, InvalidImageException {
    List<T> list = new ArrayList<>();
    for (JsonFields each : fields.list(name)) {
      list.add(part.read(each));
    }
    return List.copyOf(list);
  }

  static <T> Optional<T> optional(JsonFields fields, String name, Part<T> part)
      throws InvalidJsonException, InvalidImageException {
    Optional<JsonFields> value = fields.fields(name);
    return value.isEmpty() ? Optional.empty() : Optional.of(part.read(value.get()));
  }

  static Digest digest(JsonFields fields, String name)
      throws InvalidJsonException, InvalidImageException {
    return digest(fields.requireString(name), fields.where() + "." + name);
  }

  static Digest digest(String text, String where) throws InvalidImageException {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidImageException(where + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the document's media type: what it says itself, which must be what is said of it, and
   * {@code otherwise} if nobody says anything.
   */
  static String mediaType(JsonFields fields, String declared, String otherwise)
      throws InvalidJsonException, InvalidImageException {
    String own = fields.string("mediaType").orElse("");
    if (!own.isEmpty() && !declared.isEmpty() && !own.equals(declared)) {
      throw new InvalidImageException(
          fields.where() + ".mediaType: expected \"" + declared + "\", found \"" + own + '"');
    }
    return !own.isEmpty() ? own : !declared.isEmpty() ? declared : otherwise;
  }

  /** Checks what every manifest and index must hold. */
  static void requireSchema2(JsonFields fields) throws InvalidJsonException, InvalidImageException {
    long version = fields.requireNumber("schemaVersion");
    if (version == 1) {
      throw new InvalidImageException(
          fields.where()
              + ": expected schema version 2, found 1: Docker's old format,"
              + " which must be converted by pulling and pushing it with an old Docker Engine");
    }
    if (version != 2) {
      throw new InvalidImageException(
          fields.where() + ": expected schema version 2, found " + version);
    }
  }
}
