// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A URL taken apart as Go's {@code net/url} does it.
 *
 * @param scheme in lower case, or empty text
 * @param authority user and host as they are written, or empty text
 * @param rawPath the path as it is written
 * @param path the path without escapes
 * @param query the parameters, with all values of each name
 * @param fragment what stands after {@code #}, without escapes
 */
public record GoUrl(
    String scheme,
    String authority,
    String rawPath,
    String path,
    Map<String, List<String>> query,
    String fragment) {

  private static final String PATH_MARKS = "-_.~$&+,/:;=@";
  private static final String HOST_MARKS = "-_.~!$&'()*+,;=:[]<>\"%";
  private static final String USER_MARKS = "-._:~!$&'()*+,;=%@";

  /** Reads a URL, with a scheme and {@code //} or without; empty if Go would not take it. */
  public static Optional<GoUrl> parse(String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      return Optional.empty();
    }
    int hash = text.indexOf('#');
    String address = hash < 0 ? text : text.substring(0, hash);
    int question = address.indexOf('?');
    String rawQuery = question < 0 ? "" : address.substring(question + 1);
    String place = question < 0 ? address : address.substring(0, question);
    int mark = place.indexOf("://");
    String scheme = mark < 0 ? "" : Letters.lower(place.substring(0, mark));
    String rest = mark < 0 ? place : place.substring(mark + 3);
    int slash = rest.indexOf('/');
    int authorityEnd = mark < 0 ? 0 : slash < 0 ? rest.length() : slash;
    String rawPath = rest.substring(authorityEnd);
    Optional<String> path = unescape(rawPath, false);
    Optional<String> fragment = unescape(hash < 0 ? "" : text.substring(hash + 1), false);
    String authority = rest.substring(0, authorityEnd);
    if (path.isEmpty() || fragment.isEmpty() || !isAuthority(authority)) {
      return Optional.empty();
    }
    Map<String, List<String>> query = new TreeMap<>();
    var unused = readQuery(rawQuery, query);
    return Optional.of(new GoUrl(scheme, authority, rawPath, path.get(), query, fragment.get()));
  }

  private static boolean isAuthority(String authority) {
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? "" : authority.substring(0, at);
    String host = authority.substring(at + 1);
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    boolean portFits =
        !port || host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    return portFits
        && host.chars().allMatch(c -> isLetterOrDigit(c) || c >= 0x80 || HOST_MARKS.indexOf(c) >= 0)
        && user.chars().allMatch(c -> isLetterOrDigit(c) || USER_MARKS.indexOf(c) >= 0)
        && unescape(user, false).isPresent();
  }

  /**
   * Reads parameters; those that are malformed are left out.
   *
   * @return whether all are well-formed
   */
  public static boolean readQuery(String text, Map<String, List<String>> query) {
    boolean valid = true;
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      Optional<String> name = unescape(equals < 0 ? pair : pair.substring(0, equals), true);
      Optional<String> value = unescape(equals < 0 ? "" : pair.substring(equals + 1), true);
      if (pair.indexOf(';') >= 0 || name.isEmpty() || value.isEmpty()) {
        valid = false;
      } else if (!pair.isEmpty()) {
        query.computeIfAbsent(name.get(), key -> new ArrayList<>()).add(value.get());
      }
    }
    return valid;
  }

  private static Optional<String> unescape(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
      return Optional.of(text);
    }
    byte[] bytes = Utf8.encode(text);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(plusIsSpace && bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    return Optional.of(Utf8.decode(out.toByteArray()));
  }

  /** Returns the path as it goes into a URL: as written, if that is well-formed. */
  public String escapedPath() {
    boolean valid =
        rawPath
            .chars()
            .allMatch(c -> isLetterOrDigit(c) || (PATH_MARKS + "!'()*[]%").indexOf(c) >= 0);
    if (valid) {
      return rawPath;
    }
    StringBuilder out = new StringBuilder();
    for (byte b : Utf8.encode(path)) {
      int c = b & 0xFF;
      boolean plain = isLetterOrDigit(c) || PATH_MARKS.indexOf(c) >= 0;
      out.append(plain ? String.valueOf((char) c) : String.format("%%%02X", c));
    }
    return out.toString();
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
