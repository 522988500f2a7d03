// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables that an expansion sees. Names are case-sensitive. */
@FunctionalInterface
public interface Variables {

  /** Returns the value of {@code name}, which may be empty text; empty if the variable is unset. */
  Optional<String> value(String name);

  /** Returns no variables at all. */
  static Variables none() {
    return name -> Optional.empty();
  }

  /** Returns the variables of {@code values} as they are now. */
  static Variables of(Map<String, String> values) {
    Map<String, String> copy = Map.copyOf(values);
    return name -> Optional.ofNullable(copy.get(name));
  }

  /** Returns the variables of entries {@code NAME=value}; of two with one name the last counts. */
  static Variables ofEntries(List<String> entries) {
    Map<String, String> values = new HashMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      String name = equals < 0 ? entry : entry.substring(0, equals);
      values.put(name, equals < 0 ? "" : entry.substring(equals + 1));
    }
    return of(values);
  }
}
