// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says in words why a step was not answered by the cache. */
final class MissReason {
  private MissReason() {}

  /** Returns the first input that differs from the nearest earlier build of the step. */
  static String between(List<CacheInput> before, List<CacheInput> now) {
    Map<String, String> earlier = new HashMap<>();
    before.forEach(input -> earlier.put(input.name(), input.value()));
    for (CacheInput input : now) {
      String value = earlier.remove(input.name());
      if (value == null) {
        return input.name() + " is new";
      }
      if (!value.equals(input.value())) {
        return describe(input.name(), value);
      }
    }
    for (CacheInput input : before) {
      if (earlier.containsKey(input.name())) {
        return input.name() + " is gone";
      }
    }
    return "its inputs come in another order";
  }

  private static String describe(String name, String before) {
    boolean tellsMore = name.startsWith("build argument ") || name.startsWith("variable ");
    return tellsMore ? name + " was " + before : name + " changed";
  }
}
