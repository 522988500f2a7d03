// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import dev.lamina.dockerfile.text.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Checks the flags of an instruction against those it knows, and gives their values. */
final class FlagValues {

  private enum Kind {
    BOOLEAN,
    TEXT,
    LIST
  }

  private final Map<String, Kind> known = new HashMap<>();
  private final Map<String, List<String>> values = new HashMap<>();

  /** Starts with no flag known: then any flag is an error. */
  static FlagValues none() {
    return new FlagValues();
  }

  FlagValues booleans(String... names) {
    return add(Kind.BOOLEAN, names);
  }

  FlagValues texts(String... names) {
    return add(Kind.TEXT, names);
  }

  FlagValues lists(String... names) {
    return add(Kind.LIST, names);
  }

  private FlagValues add(Kind kind, String... names) {
    for (String name : names) {
      known.put(name, kind);
    }
    return this;
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

  /** Reads the flags as they are written, dashes included. */
  FlagValues read(List<String> flags) throws ParseProblem {
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      String dashed = equals < 0 ? flag : flag.substring(0, equals);
      String name = dashed.substring(2);
      Kind kind = known.get(name);
      if (kind == null) {
        String hint = Suggestion.of(name, new TreeSet<>(known.keySet()));
        throw unknown(dashed, hint);
      }
      List<String> list = values.computeIfAbsent(name, key -> new ArrayList<>());
      if (!list.isEmpty() && kind != Kind.LIST) {
        throw new ParseProblem("duplicate flag specified: " + dashed, dashed);
      }
      list.add(
          value(
              kind,
              dashed,
              equals < 0 ? Optional.empty() : Optional.of(flag.substring(equals + 1))));
    }
    return this;
  }

  private static String value(Kind kind, String flag, Optional<String> value) throws ParseProblem {
    if (kind != Kind.BOOLEAN) {
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
