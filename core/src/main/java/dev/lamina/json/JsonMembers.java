// SPDX-License-Identifier: Apache-2.0
package dev.lamina.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Puts an object together in the order of the calls, leaving out what is empty (Go's {@code
 * omitempty}). For one thread.
 */
public final class JsonMembers {
  private final JsonObject object = new JsonObject();

  /** Puts a string, if it isn't empty. */
  public void put(String name, String value) {
    if (!value.isEmpty()) {
      object.addProperty(name, value);
    }
  }

  /** Puts a string, empty or not. */
  public void putAlways(String name, String value) {
    object.addProperty(name, value);
  }

  /** Puts a number, if it isn't zero. */
  public void put(String name, long value) {
    if (value != 0) {
      object.addProperty(name, value);
    }
  }

  /** Puts a number, zero or not. */
  public void putAlways(String name, long value) {
    object.addProperty(name, value);
  }

  /** Puts a boolean, if it is true. */
  public void put(String name, boolean value) {
    if (value) {
      object.addProperty(name, true);
    }
  }

  /** Puts an array of strings, if there are any. */
  public void put(String name, Collection<String> values) {
    if (!values.isEmpty()) {
      object.add(name, array(values));
    }
  }

  /** Puts an object of strings in the order of {@link GoJson#KEY_ORDER}, if there are any. */
  public void put(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      object.add(name, GoJson.object(values));
    }
  }

  /** Puts a set the way Go's {@code map[string]struct{}} is written, if it isn't empty. */
  public void putSet(String name, Set<String> values) {
    if (!values.isEmpty()) {
      JsonObject set = new JsonObject();
      values.stream().sorted(GoJson.KEY_ORDER).forEach(key -> set.add(key, new JsonObject()));
      object.add(name, set);
    }
  }

  /** Puts any element. */
  public void put(String name, JsonElement value) {
    object.add(name, value);
  }

  /** Puts the members of {@code other} whose names aren't in {@code known}. */
  public void putUnknown(JsonObject other, Set<String> known) {
    for (Map.Entry<String, JsonElement> member : other.entrySet()) {
      if (!known.contains(member.getKey())) {
        object.add(member.getKey(), member.getValue());
      }
    }
  }

  /** Returns the object. */
  public JsonObject object() {
    return object;
  }

  /** Returns {@code values} as an array. */
  public static JsonArray array(Collection<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }
}
