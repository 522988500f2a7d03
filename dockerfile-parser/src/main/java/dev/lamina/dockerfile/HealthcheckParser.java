// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Letters;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Builds a HEALTHCHECK. */
final class HealthcheckParser {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private static final KnownFlags FLAGS =
      KnownFlags.NONE.texts("interval", "timeout", "start-period", "start-interval", "retries");

  private HealthcheckParser() {}

  static Healthcheck parse(List<String> flags, Arguments arguments) throws ParseProblem {
    if (arguments.words().isEmpty()) {
      throw new ParseProblem("HEALTHCHECK requires at least one argument");
    }
    String type = Letters.upper(arguments.words().get(0));
    List<String> words = arguments.words().subList(1, arguments.words().size());
    if (type.equals("NONE")) {
      if (!words.isEmpty()) {
        throw new ParseProblem("HEALTHCHECK NONE takes no arguments");
      }
      return Healthcheck.none();
    }
    FlagValues values = FlagValues.read(flags, FLAGS);
    if (!type.equals("CMD")) {
      throw new ParseProblem(
          "Unknown type " + GoQuote.quote(type) + " in HEALTHCHECK (try CMD)",
          arguments.words().get(0));
    }
    if (words.isEmpty()) {
      throw new ParseProblem("Missing command after HEALTHCHECK CMD");
    }
    CommandLine command =
        arguments.json()
            ? new CommandLine.ExecForm(words)
            : new CommandLine.ShellForm(String.join(" ", words));
    return new Healthcheck(
        Optional.of(command),
        time(values, "interval"),
        time(values, "timeout"),
        time(values, "start-period"),
        time(values, "start-interval"),
        retries(values.text("retries").orElse("")));
  }

  private static Duration time(FlagValues values, String flag) throws ParseProblem {
    String text = values.text(flag).orElse("");
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    Duration time = GoDuration.parse(text);
    if (!time.isZero() && time.compareTo(SHORTEST) < 0) {
      throw new ParseProblem(
          "Interval " + GoQuote.quote(flag) + " cannot be less than 1ms", "--" + flag);
    }
    return time;
  }

  private static int retries(String text) throws ParseProblem {
    if (text.isEmpty()) {
      return 0;
    }
    String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ParseProblem(
          "strconv.ParseInt: parsing " + GoQuote.quote(text) + ": invalid syntax", text);
    }
    String significant = digits.length() > 10 ? digits.replaceFirst("^0++", "") : digits;
    BigInteger number =
        new BigInteger(significant.length() > 10 ? "9999999999" : "0" + significant);
    number = text.startsWith("-") ? number.negate() : number;
    if (number.bitLength() > 31) {
      throw new ParseProblem(
          "strconv.ParseInt: parsing " + GoQuote.quote(text) + ": value out of range", text);
    }
    if (number.signum() < 0) {
      throw new ParseProblem("--retries cannot be negative (" + number + ")", text);
    }
    return number.intValue();
  }
}
