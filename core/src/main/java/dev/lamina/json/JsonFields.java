// SPDX-License-Identifier: Apache-2.0
package dev.lamina.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Typed reading of an object's members. A member that is {@code null} counts as absent, as it does
 * for Go; one of another type is an {@link InvalidJsonException} that says where it stands.
 */
public final class JsonFields {
  private final JsonObject object;
  private final String where;

  private JsonFields(JsonObject object, String where) {
    this.object = object;
    this.where = where;
  }

  /** Returns a reader of {@code object}; {@code where} names it in exceptions. */
  public static JsonFields of(JsonObject object, String where) {
    return new JsonFields(object, where);
  }

  /** Returns the object itself. */
  public JsonObject object() {
    return object;
  }

  /** Names the object for an exception. */
  public String where() {
    return where;
  }

  /** Returns whether the member is there and not null. */
  public boolean has(String name) {
    JsonElement element = object.get(name);
    return element != null && !element.isJsonNull();
  }

  /** Returns a string, if there is one. */
  public Optional<String> string(String name) throws InvalidJsonException {
    Optional<JsonElement> element = get(name);
    return element.isEmpty()
        ? Optional.empty()
        : Optional.of(asString(element.get(), where + "." + name));
  }

  /** Returns a string that must be there. */
  public String requireString(String name) throws InvalidJsonException {
    Optional<String> value = string(name);
    if (value.isEmpty()) {
      throw missing(name, "a string");
    }
    return value.get();
  }

  /** Returns a whole number, if there is one. */
  public Optional<Long> number(String name) throws InvalidJsonException {
    Optional<JsonElement> element = get(name);
    if (element.isEmpty()) {
      return Optional.empty();
    }
    if (element.get().isJsonPrimitive() && element.get().getAsJsonPrimitive().isNumber()) {
      try {
        return Optional.of(Long.parseLong(element.get().getAsString()));
      } catch (NumberFormatException e) {
        throw new InvalidJsonException(
            where + "." + name + ": expected a whole number, found " + element.get(), e);
      }
    }
    throw wrong(where + "." + name, "a number", element.get());
  }

  /** Returns a whole number that must be there. */
  public long requireNumber(String name) throws InvalidJsonException {
    Optional<Long> value = number(name);
    if (value.isEmpty()) {
      throw missing(name, "a number");
    }
    return value.get();
  }

  /** Returns a boolean; absent is false. */
  public boolean isTrue(String name) throws InvalidJsonException {
    Optional<JsonElement> element = get(name);
    if (element.isEmpty()) {
      return false;
    }
    if (element.get().isJsonPrimitive() && element.get().getAsJsonPrimitive().isBoolean()) {
      return element.get().getAsBoolean();
    }
    throw wrong(where + "." + name, "a boolean", element.get());
  }

  /** Returns a time in RFC 3339's form, if there is one; an empty string counts as absent. */
  public Optional<Instant> time(String name) throws InvalidJsonException {
    String text = string(name).orElse("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new InvalidJsonException(
          where + "." + name + ": expected an RFC 3339 time, found \"" + text + "\"", e);
    }
  }

  /** Returns an object, if there is one. */
  public Optional<JsonFields> fields(String name) throws InvalidJsonException {
    Optional<JsonElement> element = get(name);
    return element.isEmpty()
        ? Optional.empty()
        : Optional.of(asFields(element.get(), where + "." + name));
  }

  /** Returns an object that must be there. */
  public JsonFields requireFields(String name) throws InvalidJsonException {
    Optional<JsonFields> value = fields(name);
    if (value.isEmpty()) {
      throw missing(name, "an object");
    }
    return value.get();
  }

  /** Returns an array of objects; absent is empty. */
  public List<JsonFields> list(String name) throws InvalidJsonException {
    List<JsonFields> list = new ArrayList<>();
    for (JsonElement element : array(name)) {
      list.add(asFields(element, where + "." + name + "[" + list.size() + "]"));
    }
    return Collections.unmodifiableList(list);
  }

  /** Returns an array of strings; absent is empty. */
  public List<String> strings(String name) throws InvalidJsonException {
    List<String> list = new ArrayList<>();
    for (JsonElement element : array(name)) {
      list.add(asString(element, where + "." + name + "[" + list.size() + "]"));
    }
    return Collections.unmodifiableList(list);
  }

  /** Returns an object whose members are strings, in their order; absent is empty. */
  public Map<String, String> stringMap(String name) throws InvalidJsonException {
    Map<String, String> map = new LinkedHashMap<>();
    Optional<JsonFields> fields = fields(name);
    if (fields.isPresent()) {
      for (String key : fields.get().object.keySet()) {
        map.put(key, fields.get().string(key).orElse(""));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private Optional<JsonElement> get(String name) {
    return has(name) ? Optional.of(object.get(name)) : Optional.empty();
  }

  private JsonArray array(String name) throws InvalidJsonException {
    Optional<JsonElement> element = get(name);
    if (element.isEmpty()) {
      return new JsonArray();
    }
    if (!element.get().isJsonArray()) {
      throw wrong(where + "." + name, "an array", element.get());
    }
    return element.get().getAsJsonArray();
  }

  private static String asString(JsonElement element, String where) throws InvalidJsonException {
    if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
      return element.getAsString();
    }
    throw wrong(where, "a string", element);
  }

  private static JsonFields asFields(JsonElement element, String where)
      throws InvalidJsonException {
    if (!element.isJsonObject()) {
      throw wrong(where, "an object", element);
    }
    return new JsonFields(element.getAsJsonObject(), where);
  }

  private InvalidJsonException missing(String name, String expected) {
    return new InvalidJsonException(where + "." + name + ": expected " + expected + ", found none");
  }

  private static InvalidJsonException wrong(String where, String expected, JsonElement found) {
    return new InvalidJsonException(
        where + ": expected " + expected + ", found " + StrictJson.kind(found));
  }
}
