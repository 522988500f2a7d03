// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import dev.lamina.dockerfile.text.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of an instruction's flags. */
final class FlagValues {

  private static final FlagValues NONE = new FlagValues(Map.of());

  private final Map<String, List<String>> values;

  private FlagValues(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Complains about the first flag, whatever it is. */
  static void requireNone(List<String> flags) throws ParseProblem {
    String flag = flags.get(0);
    int equals = flag.indexOf('=');
    throw unknown(equals < 0 ? flag : flag.substring(0, equals), "");
  }

  private static ParseProblem unknown(String flag, String hint) {
    return new ParseProblem("unknown flag: " + flag + hint, flag);
  }

  /** Checks flags, dashes included, against those that the instruction knows. */
  static FlagValues read(List<String> flags, KnownFlags known) throws ParseProblem {
    if (flags.isEmpty()) {
      return NONE;
    }
    Map<String, List<String>> values = new HashMap<>();
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      String dashed = equals < 0 ? flag : flag.substring(0, equals);
      String name = dashed.substring(2);
      KnownFlags.Kind kind = known.kindOrNull(name);
      if (kind == null) {
        throw unknown(dashed, Suggestion.of(name, known.names()));
      }
      List<String> list = values.computeIfAbsent(name, key -> new ArrayList<>());
      if (!list.isEmpty() && kind != KnownFlags.Kind.LIST) {
        throw new ParseProblem("duplicate flag specified: " + dashed, dashed);
      }
      list.add(
          value(
              kind,
              dashed,
              equals < 0 ? Optional.empty() : Optional.of(flag.substring(equals + 1))));
    }
    return new FlagValues(values);
  }

  private static String value(KnownFlags.Kind kind, String flag, Optional<String> value)
      throws ParseProblem {
    if (kind != KnownFlags.Kind.BOOLEAN) {
      return value.orElseThrow(() -> missingValue(flag));
    }
    if (value.isEmpty()) {
      return "true";
    }
    String given = value.get();
    String lower = Letters.lower(given);
    if (given.isEmpty()) {
      throw missingValue(flag);
    }
    if (!lower.equals("true") && !lower.equals("false")) {
      throw new ParseProblem("expecting boolean value for flag " + flag + ", not: " + given, flag);
    }
    return lower;
  }

  private static ParseProblem missingValue(String flag) {
    return new ParseProblem("missing a value on flag: " + flag, flag);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(list -> list.get(0));
  }

  List<String> list(String name) {
    return values.getOrDefault(name, List.of());
  }

  Optional<Boolean> choice(String name) {
    return text(name).map(value -> value.equals("true"));
  }

  boolean isTrue(String name) {
    return choice(name).orElse(false);
  }
}
