// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoNumbers;
import dev.lamina.dockerfile.text.Letters;
import dev.lamina.dockerfile.text.Suggestion;
import java.util.List;

/** Reads the value of a RUN's {@code --device}. */
final class DeviceParser {

  private DeviceParser() {}

  static RunDevice parse(String text) throws ParseProblem {
    String name = "";
    boolean required = false;
    for (String field : CsvFields.read(text, "devices")) {
      int equals = field.indexOf('=');
      String key = Letters.lower(equals < 0 ? field : field.substring(0, equals));
      String value = equals < 0 ? "true" : field.substring(equals + 1);
      if (key.equals("required")) {
        required =
            GoNumbers.truth(value)
                .orElseThrow(
                    () -> new ParseProblem("invalid value for " + key + ": " + value, field));
      } else if (equals >= 0 && key.equals("name")) {
        if (!name.isEmpty()) {
          throw new ParseProblem("device name already set to " + name, field);
        }
        name = value;
      } else if (name.isEmpty()) {
        name = field;
      } else if (equals < 0) {
        throw new ParseProblem("invalid field '" + field + "' must be a key=value pair", field);
      } else {
        throw new ParseProblem(
            "unexpected key '"
                + key
                + "' in '"
                + field
                + "'"
                + Suggestion.of(key, List.of("name", "required")),
            field);
      }
    }
    return new RunDevice(name, required);
  }
}
