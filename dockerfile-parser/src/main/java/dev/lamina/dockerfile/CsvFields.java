// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes the one line of CSV that a {@code --mount} or {@code --device} is. */
final class CsvFields {

  private CsvFields() {}

  /**
   * Returns the fields of {@code text}; quotes may stand around a field and are doubled in it.
   *
   * @param what {@code mounts} or {@code devices}, for the message
   */
  static List<String> read(String text, String what) throws ParseProblem {
    String line = withoutLineEnd(text);
    if (line.isEmpty()) {
      throw new ParseProblem("failed to parse csv " + what + ": EOF", text);
    }
    List<String> fields = new ArrayList<>();
    for (int from = 0; from >= 0; ) {
      from =
          line.startsWith("\"", from)
              ? quoted(line, from, what, fields)
              : plain(line, from, what, fields);
    }
    return fields;
  }

  private static String withoutLineEnd(String text) {
    if (!text.endsWith("\n")) {
      return text;
    }
    return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
  }

  /** Reads a field without quotes; returns where the next one starts, or -1. */
  private static int plain(String line, int from, String what, List<String> fields)
      throws ParseProblem {
    int comma = line.indexOf(',', from);
    String field = comma < 0 ? line.substring(from) : line.substring(from, comma);
    int quote = field.indexOf('"');
    if (quote >= 0) {
      throw problem(what, line, from + quote, "bare \" in non-quoted field");
    }
    fields.add(field);
    return comma < 0 ? -1 : comma + 1;
  }

  private static int quoted(String line, int from, String what, List<String> fields)
      throws ParseProblem {
    StringBuilder field = new StringBuilder();
    int pos = from + 1;
    while (true) {
      int quote = line.indexOf('"', pos);
      if (quote < 0) {
        throw problem(what, line, pos, "extraneous or missing \" in quoted-field");
      }
      field.append(line, pos, quote);
      pos = quote + 1;
      if (pos == line.length()) {
        fields.add(field.toString());
        return -1;
      }
      if (line.charAt(pos) == ',') {
        fields.add(field.toString());
        return pos + 1;
      }
      if (line.charAt(pos) != '"') {
        throw problem(what, line, quote, "extraneous or missing \" in quoted-field");
      }
      field.append('"');
      pos++;
    }
  }

  private static ParseProblem problem(String what, String line, int at, String why) {
    int column = Utf8.length(line, 0, at) + 1;
    return new ParseProblem(
        "failed to parse csv " + what + ": parse error on line 1, column " + column + ": " + why,
        line);
  }

  /** Returns a line that {@link #read} gives {@code fields} for. */
  static String write(List<String> fields) {
    return fields.stream().map(CsvFields::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String field) {
    boolean plain =
        !field.isEmpty()
            && field.indexOf(',') < 0
            && field.indexOf('"') < 0
            && !field.endsWith("\n");
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
