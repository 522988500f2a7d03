// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says in words why a step was not answered by the cache. */
final class MissReason {
  /** What the input is called that stands for the layers a step is made on. */
  static final String BELOW = "the files below";

  /** The reason of a step that was not looked up. */
  static final String NOT_ASKED = "the build was told not to use the cache";

  private static final String FILE = "file ";

  private MissReason() {}

  /** Returns the first input that differs from the nearest earlier build of the step. */
  static String between(List<CacheInput> before, List<CacheInput> now) {
    if (before.equals(now)) {
      return "its layer is no longer in the store";
    }
    Map<String, Deque<String>> earlier = new HashMap<>();
    before.forEach(
        input ->
            earlier.computeIfAbsent(input.name(), key -> new ArrayDeque<>()).add(input.value()));
    for (CacheInput input : now) {
      Deque<String> values = earlier.get(input.name());
      String value = values == null ? null : values.poll();
      if (value == null) {
        return plain(input.name()) + " is new";
      }
      if (!value.equals(input.value())) {
        return describe(input.name(), value);
      }
    }
    for (CacheInput input : before) {
      Deque<String> left = earlier.get(input.name());
      if (left != null && !left.isEmpty()) {
        return plain(input.name()) + " is gone";
      }
    }
    return "its inputs come in another order";
  }

  private static String plain(String name) {
    return name.startsWith(FILE) ? name.substring(FILE.length()) : name;
  }

  /** A value tells nothing where it is a digest. */
  private static String describe(String name, String before) {
    boolean opaque =
        name.startsWith(FILE) || name.equals(BELOW) || before.matches("(sha256:)?[0-9a-f]{64}");
    return opaque
        ? plain(name) + " changed"
        : plain(name) + (before.isEmpty() ? " was empty" : " was " + before.replace('\0', ' '));
  }
}
