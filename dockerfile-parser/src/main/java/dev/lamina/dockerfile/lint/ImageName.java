// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.text.Letters;
import java.util.Optional;

/**
 * Whether a text can name an image, by the grammar of distribution references: {@code
 * [domain/]path[:tag][@digest]}.
 */
final class ImageName {

  private static final int MAX_NAME = 255;
  private static final int MAX_TAG = 128;
  private static final String INVALID = "invalid reference format";

  private ImageName() {}

  /** Returns what is wrong with {@code text} in Docker's words, or empty if it names an image. */
  static Optional<String> problem(String text) {
    if (text.length() == 64 && isAll(text, "0123456789abcdef")) {
      return Optional.of(
          "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
    }
    int slash = text.indexOf('/');
    String first = slash < 0 ? "" : text.substring(0, slash);
    boolean hasDomain =
        slash >= 0
            && (first.equals("localhost")
                || first.contains(".")
                || first.contains(":")
                || !Letters.lower(first).equals(first));
    String domain = hasDomain ? first : "docker.io";
    String remainder = hasDomain ? text.substring(slash + 1) : text;
    boolean official = domain.equals("docker.io") || domain.equals("index.docker.io");
    if (official && remainder.indexOf('/') < 0) {
      remainder = "library/" + remainder;
    }
    int colon = remainder.indexOf(':');
    String remote = colon < 0 ? remainder : remainder.substring(0, colon);
    if (!Letters.lower(remote).equals(remote)) {
      return Optional.of(INVALID + ": repository name (" + remote + ") must be lowercase");
    }
    return isReference(domain, remainder) ? tooLong(remainder) : Optional.of(INVALID);
  }

  private static Optional<String> tooLong(String remainder) {
    int end = nameEnd(remainder);
    return end > MAX_NAME
        ? Optional.of("repository name must not be more than 255 characters")
        : Optional.empty();
  }

  private static int nameEnd(String remainder) {
    int end = 0;
    while (end < remainder.length() && ":@".indexOf(remainder.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static boolean isReference(String domain, String remainder) {
    int name = nameEnd(remainder);
    int at = remainder.indexOf('@');
    int tagEnd = at < 0 ? remainder.length() : at;
    return isDomain(domain)
        && isPath(remainder.substring(0, name))
        && (name == tagEnd || isTag(remainder.substring(name + 1, tagEnd)))
        && (at < 0 || isDigest(remainder.substring(at + 1)));
  }

  private static boolean isDomain(String domain) {
    int colon = domain.lastIndexOf(':');
    String host = domain;
    if (colon > domain.lastIndexOf(']')) {
      host = domain.substring(0, colon);
      if (colon == domain.length() - 1 || !isAll(domain.substring(colon + 1), "0123456789")) {
        return false;
      }
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      String inner = host.substring(1, host.length() - 1);
      return !inner.isEmpty() && isAll(inner, "0123456789abcdefABCDEF:");
    }
    for (String label : host.split("\\.", -1)) {
      boolean letters = Letters.isAsciiWord(label, "-");
      if (label.isEmpty() || !letters || label.startsWith("-") || label.endsWith("-")) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPath(String path) {
    for (String component : path.split("/", -1)) {
      if (!isComponent(component)) {
        return false;
      }
    }
    return true;
  }

  /** Letters and digits, with {@code .}, {@code _}, {@code __} or dashes between them. */
  private static boolean isComponent(String component) {
    int separator = 0;
    boolean inside = false;
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        if (separator > 0 && !isSeparator(component.substring(i - separator, i))) {
          return false;
        }
        separator = 0;
        inside = true;
      } else if (!inside || "._-".indexOf(c) < 0) {
        return false;
      } else {
        separator++;
      }
    }
    return inside && separator == 0;
  }

  private static boolean isSeparator(String text) {
    return text.equals(".") || text.equals("_") || text.equals("__") || isAll(text, "-");
  }

  private static boolean isTag(String tag) {
    return !tag.isEmpty()
        && tag.length() <= MAX_TAG
        && ".-".indexOf(tag.charAt(0)) < 0
        && Letters.isAsciiWord(tag, "_.-");
  }

  private static boolean isDigest(String digest) {
    int colon = digest.indexOf(':');
    String algorithm = colon < 0 ? "" : digest.substring(0, colon);
    int length =
        switch (algorithm) {
          case "sha256" -> 64;
          case "sha384" -> 96;
          case "sha512" -> 128;
          default -> -1;
        };
    String hex = digest.substring(colon + 1);
    return hex.length() == length && isAll(hex, "0123456789abcdef");
  }

  private static boolean isAll(String text, String characters) {
    return text.chars().allMatch(c -> characters.indexOf(c) >= 0);
  }
}
