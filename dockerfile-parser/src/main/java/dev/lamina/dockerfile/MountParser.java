// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoNumbers;
import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Letters;
import dev.lamina.dockerfile.text.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.annotation.Nullable;

/**
 * Gathers the options of one {@code --mount} in their order, which matters: some fit only the type
 * named before.
 */
final class MountParser {

  private static final List<String> TYPES = List.of("bind", "cache", "secret", "ssh", "tmpfs");
  private static final List<String> SHARINGS = List.of("locked", "private", "shared");
  private static final List<String> KEYS =
      List.of(
          "type",
          "from",
          "source",
          "target",
          "readonly",
          "id",
          "sharing",
          "required",
          "size",
          "mode",
          "uid",
          "gid",
          "src",
          "dst",
          "destination",
          "ro",
          "rw",
          "readwrite",
          "env");

  private String type = "bind";
  private String from = "";
  private String source = "";
  private String target = "";
  private String id = "";
  private String sharing = "";
  private boolean required;
  private OptionalLong size = OptionalLong.empty();
  @Nullable private Boolean readOnly;
  private Optional<String> env = Optional.empty();
  private OptionalLong uid = OptionalLong.empty();
  private OptionalLong gid = OptionalLong.empty();
  private OptionalInt mode = OptionalInt.empty();

  private MountParser() {}

  static RunMount parse(String text) throws ParseProblem {
    MountParser parser = new MountParser();
    for (String field : CsvFields.read(text, "mounts")) {
      int equals = field.indexOf('=');
      if (equals < 0) {
        parser.bare(Letters.lower(field), field);
      } else {
        parser.option(
            Letters.lower(field.substring(0, equals)), field.substring(equals + 1), field);
      }
    }
    parser.check();
    return parser.mount();
  }

  private void bare(String key, String field) throws ParseProblem {
    switch (key) {
      case "readonly", "ro" -> readOnly = true;
      case "readwrite", "rw" -> readOnly = false;
      case "required" -> {
        requireType(key, "secret", "ssh");
        required = true;
      }
      default ->
          throw new ParseProblem("invalid field '" + field + "' must be a key=value pair", field);
    }
  }

  private void option(String key, String value, String field) throws ParseProblem {
    switch (key) {
      case "type" -> type = oneOf(TYPES, value, "unsupported mount type ");
      case "from" -> from = value;
      case "source", "src" -> source = value;
      case "target", "dst", "destination" -> target = value;
      case "readonly", "ro" -> readOnly = truth(key, value);
      case "readwrite", "rw" -> readOnly = !truth(key, value);
      case "required" -> {
        requireType(key, "secret", "ssh");
        required = truth(key, value);
      }
      case "size" -> {
        requireType(key, "tmpfs");
        size = OptionalLong.of(GoNumbers.size(value).orElseThrow(() -> invalid(key, value)));
      }
      case "id" -> id = value;
      case "sharing" -> sharing = oneOf(SHARINGS, value, "unsupported sharing value ");
      case "mode" -> mode = OptionalInt.of((int) number(key, value, 8));
      case "uid" -> uid = OptionalLong.of(number(key, value, 10));
      case "gid" -> gid = OptionalLong.of(number(key, value, 10));
      case "env" -> env = Optional.of(value);
      default ->
          throw new ParseProblem(
              "unexpected key '" + key + "' in '" + field + "'" + Suggestion.of(key, KEYS), field);
    }
  }

  private static String oneOf(List<String> allowed, String value, String complaint)
      throws ParseProblem {
    String lower = Letters.lower(value);
    if (!allowed.contains(lower)) {
      throw new ParseProblem(
          complaint + GoQuote.quote(value) + Suggestion.of(value, allowed), value);
    }
    return lower;
  }

  private void requireType(String key, String... types) throws ParseProblem {
    if (!List.of(types).contains(type)) {
      throw new ParseProblem("unexpected key '" + key + "' for mount type '" + type + "'", key);
    }
  }

  private static boolean truth(String key, String value) throws ParseProblem {
    return GoNumbers.truth(value).orElseThrow(() -> invalid(key, value));
  }

  private static ParseProblem invalid(String key, String value) {
    return new ParseProblem("invalid value for " + key + ": " + value, value);
  }

  private static long number(String key, String value, int radix) throws ParseProblem {
    return GoNumbers.unsigned32(value, radix)
        .orElseThrow(() -> new ParseProblem("invalid value " + value + " for " + key, value));
  }

  private void check() throws ParseProblem {
    boolean file = type.equals("bind") || type.equals("tmpfs");
    refuse(
        file && mode.isPresent(), "mode not allowed for " + GoQuote.quote(type) + " type mounts");
    refuse(file && uid.isPresent(), "uid not allowed for " + GoQuote.quote(type) + " type mounts");
    refuse(file && gid.isPresent(), "gid not allowed for " + GoQuote.quote(type) + " type mounts");
    if (type.equals("secret")) {
      refuse(!from.isEmpty(), "secret mount should not have a from");
      refuse(!sharing.isEmpty(), "secret mount should not define sharing");
      refuse(
          source.isEmpty() && target.isEmpty() && id.isEmpty(),
          "invalid secret mount. one of source, target required");
      refuse(!source.isEmpty() && !id.isEmpty(), "both source and id can't be set");
    }
    refuse(
        !sharing.isEmpty() && !type.equals("cache"),
        "invalid cache sharing set for " + type + " mount");
    refuse(type.equals("ssh") && !source.isEmpty(), "ssh does not support source");
  }

  private static void refuse(boolean wrong, String problem) throws ParseProblem {
    if (wrong) {
      throw new ParseProblem(problem);
    }
  }

  private RunMount mount() {
    RunMount.Ownership ownership = new RunMount.Ownership(uid, gid, mode);
    Optional<String> origin = Optional.of(from).filter(text -> !text.isEmpty());
    return switch (type) {
      case "cache" ->
          new RunMount.Cache(
              target,
              Optional.of(id).filter(text -> !text.isEmpty()),
              sharing.isEmpty()
                  ? RunMount.Sharing.SHARED
                  : RunMount.Sharing.valueOf(sharing.toUpperCase(Locale.ROOT)),
              source,
              origin,
              readOnly != null && readOnly,
              ownership);
      case "tmpfs" -> new RunMount.Tmpfs(target, size, readOnly != null && readOnly);
      case "secret" -> new RunMount.Secret(target, secretId(), env, required, ownership);
      case "ssh" -> new RunMount.Ssh(target, id.isEmpty() ? "default" : id, required, ownership);
      default -> new RunMount.Bind(target, source, origin, readOnly == null || readOnly);
    };
  }

  private String secretId() {
    if (!source.isEmpty()) {
      return source;
    }
    return id.isEmpty() ? lastPart(target) : id;
  }

  private static String lastPart(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return end == 0 ? "/" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }
}
