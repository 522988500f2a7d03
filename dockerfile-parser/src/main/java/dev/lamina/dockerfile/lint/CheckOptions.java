// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.text.DirectiveSyntax;
import dev.lamina.dockerfile.text.GoNumbers;
import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code check=skip=A,B;error=true;experimental=C} says.
 *
 * @param skipAll no rule but experimental ones
 * @param skipped names of rules that are not applied
 * @param experimentalAll every experimental rule
 * @param experimental names of experimental rules that are applied
 * @param error whether a finding is an error
 */
record CheckOptions(
    boolean skipAll,
    Set<String> skipped,
    boolean experimentalAll,
    Set<String> experimental,
    boolean error) {

  static final CheckOptions NONE = new CheckOptions(false, Set.of(), false, Set.of(), false);

  CheckOptions {
    skipped = Set.copyOf(skipped);
    experimental = Set.copyOf(experimental);
  }

  /**
   * Reads the value of a directive, or of the build argument {@code BUILDKIT_DOCKERFILE_CHECK}.
   *
   * @throws IllegalArgumentException with Docker's words if it is malformed
   */
  static CheckOptions parse(String text) {
    CheckOptions options = NONE;
    String trimmed = Whitespace.trim(text);
    if (trimmed.isEmpty()) {
      return options;
    }
    for (String part : trimmed.split(";", 3)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("invalid check option " + GoQuote.quote(part));
      }
      String key = Whitespace.trim(part.substring(0, equals));
      options = options.with(key, Whitespace.trim(part.substring(equals + 1)), part);
    }
    return options;
  }

  private CheckOptions with(String key, String value, String part) {
    boolean all = value.equals("all");
    Set<String> names = all ? Set.of() : names(value);
    return switch (key) {
      case "skip" ->
          new CheckOptions(
              skipAll || all, all ? skipped : names, experimentalAll, experimental, error);
      case "experimental" ->
          new CheckOptions(
              skipAll, skipped, experimentalAll || all, all ? experimental : names, error);
      case "error" ->
          new CheckOptions(
              skipAll,
              skipped,
              experimentalAll,
              experimental,
              GoNumbers.truth(value)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "failed to parse check option "
                                  + GoQuote.quote(part)
                                  + ": strconv.ParseBool: parsing "
                                  + GoQuote.quote(value)
                                  + ": invalid syntax")));
      default -> throw new IllegalArgumentException("invalid check option " + GoQuote.quote(key));
    };
  }

  private static Set<String> names(String list) {
    Set<String> names = new HashSet<>();
    for (String name : list.split(",", -1)) {
      names.add(Whitespace.trim(name));
    }
    return names;
  }

  /** Returns these options and what the comments right above an instruction add. */
  CheckOptions mergedFromComments(List<String> comments) {
    for (String comment : comments) {
      DirectiveSyntax syntax =
          new DirectiveSyntax(
              comment, Whitespace.skipSpace(comment, 0, comment.length()), comment.length());
      if (syntax.matches() && syntax.key().equals("check")) {
        try {
          return merged(parse(firstWord(syntax.value())));
        } catch (IllegalArgumentException e) {
          return this; // as Docker does: a malformed comment is only a comment
        }
      }
    }
    return this;
  }

  /** Returns the text before the first space: what follows is for people. */
  static String firstWord(String value) {
    int space = value.indexOf(' ');
    return space < 0 ? value : value.substring(0, space);
  }

  private CheckOptions merged(CheckOptions other) {
    return new CheckOptions(
        skipAll || other.skipAll,
        union(skipped, other.skipped),
        experimentalAll || other.experimentalAll,
        union(experimental, other.experimental),
        error);
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }

  boolean allows(LintRule rule) {
    if (rule.isExperimental()) {
      return experimentalAll || experimental.contains(rule.name());
    }
    return !skipAll && !skipped.contains(rule.name());
  }
}
