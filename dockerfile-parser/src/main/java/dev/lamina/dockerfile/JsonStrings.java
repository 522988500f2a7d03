// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * Reads the exec form: a JSON array of strings.
 *
 * <p>Text that is no JSON array is none, which is for the caller to take as the shell form. A JSON
 * array that holds anything but strings is an error.
 */
final class JsonStrings {

  private static final int MAX_DEPTH = 10_000;

  private final String text;
  private int pos;
  private boolean stringsOnly = true;

  private JsonStrings(String text, int pos) {
    this.text = text;
    this.pos = pos;
  }

  /** Returns the strings, or null if {@code text} is no JSON array. */
  @Nullable
  static List<String> parseOrNull(String text) throws ParseProblem {
    int start = Whitespace.skipSpace(text, 0, text.length());
    if (!text.startsWith("[", start)) {
      return null;
    }
    JsonStrings json = new JsonStrings(text, start + 1);
    List<String> strings = json.arrayOrNull();
    if (strings != null && !json.stringsOnly) {
      throw new ParseProblem(
          "when using JSON array syntax, arrays must be comprised of strings only");
    }
    return strings;
  }

  /**
   * Returns the string that the JSON object {@code text} has under {@code name}; empty if the text
   * is no JSON object, or has something else there.
   */
  static Optional<String> member(String text, String name) {
    JsonStrings json = new JsonStrings(text, 0);
    json.skipSpace();
    Map<String, String> members = json.take('{') ? json.membersOrNull() : null;
    json.skipSpace();
    return members == null || json.pos < text.length()
        ? Optional.empty()
        : Optional.ofNullable(members.get(name));
  }

  /** Reads the rest of an object; only strings are kept. */
  @Nullable
  private Map<String, String> membersOrNull() {
    Map<String, String> members = new HashMap<>();
    skipSpace();
    if (take('}')) {
      return members;
    }
    do {
      skipSpace();
      String key = peek() == '"' ? stringOrNull() : null;
      skipSpace();
      if (key == null || !take(':')) {
        return null;
      }
      skipSpace();
      boolean string = peek() == '"';
      String value = string ? stringOrNull() : null;
      if (string ? value == null : !skipValue()) {
        return null;
      }
      members.put(key, value);
      skipSpace();
    } while (take(','));
    return take('}') ? members : null;
  }

  @Nullable
  private List<String> arrayOrNull() {
    List<String> strings = new ArrayList<>();
    skipSpace();
    if (!take(']')) {
      do {
        skipSpace();
        if (peek() == '"') {
          String string = stringOrNull();
          if (string == null) {
            return null;
          }
          strings.add(string);
        } else {
          stringsOnly = false;
          if (!skipValue()) {
            return null;
          }
        }
        skipSpace();
      } while (take(','));
      if (!take(']')) {
        return null;
      }
    }
    skipSpace();
    return pos == text.length() ? strings : null;
  }

  /** Passes over one value of any kind, however deep; false if it is not valid. */
  private boolean skipValue() {
    BitSet objects = new BitSet();
    int depth = 1; // the array that all is in
    while (true) {
      skipSpace();
      boolean object = peek() == '{';
      if (object || peek() == '[') {
        pos++;
        skipSpace();
        boolean empty = take(object ? '}' : ']');
        if (!empty) {
          if (++depth > MAX_DEPTH) {
            return false;
          }
          objects.set(depth, object);
          if (object && !key()) {
            return false;
          }
          continue;
        }
      } else if (!scalar()) {
        return false;
      }
      while (true) {
        if (depth == 1) {
          return true;
        }
        skipSpace();
        boolean inObject = objects.get(depth);
        if (take(',')) {
          if (inObject && !key()) {
            return false;
          }
          break;
        }
        if (!take(inObject ? '}' : ']')) {
          return false;
        }
        depth--;
      }
    }
  }

  private boolean key() {
    skipSpace();
    if (peek() != '"' || stringOrNull() == null) {
      return false;
    }
    skipSpace();
    return take(':');
  }

  private boolean scalar() {
    if (peek() == '"') {
      return stringOrNull() != null;
    }
    return word("true") || word("false") || word("null") || number();
  }

  private boolean word(String word) {
    if (!text.startsWith(word, pos)) {
      return false;
    }
    pos += word.length();
    return true;
  }

  /** Passes over a number; one beyond a double's range is not valid, as for Go. */
  private boolean number() {
    int from = pos;
    skip('-');
    if (!take('0') && !digits()) {
      return false;
    }
    if (take('.') && !digits()) {
      return false;
    }
    if (take('e') || take('E')) {
      skip(peek() == '+' ? '+' : '-');
      if (!digits()) {
        return false;
      }
    }
    return !Double.isInfinite(Double.parseDouble(text.substring(from, pos)));
  }

  private boolean digits() {
    int from = pos;
    while (peek() >= '0' && peek() <= '9') {
      pos++;
    }
    return pos > from;
  }

  @Nullable
  private String stringOrNull() {
    int from = ++pos;
    while (pos < text.length()) {
      char c = text.charAt(pos);
      if (c == '"') {
        return text.substring(from, pos++);
      }
      if (c == '\\') {
        return escapedStringOrNull(from);
      }
      if (c < ' ') {
        return null;
      }
      pos++;
    }
    return null;
  }

  @Nullable
  private String escapedStringOrNull(int from) {
    StringBuilder out = new StringBuilder().append(text, from, pos);
    while (pos < text.length()) {
      char c = text.charAt(pos++);
      if (c == '"') {
        return out.toString();
      }
      if (c < ' ') {
        return null;
      }
      if (c != '\\') {
        out.append(c);
      } else if (!escape(out)) {
        return null;
      }
    }
    return null;
  }

  private boolean escape(StringBuilder out) {
    char c = peek();
    pos++;
    int index = "\"\\/bfnrt".indexOf(c);
    if (index >= 0) {
      out.append("\"\\/\b\f\n\r\t".charAt(index));
      return true;
    }
    int unit = c == 'u' ? hex() : -1;
    if (unit < 0) {
      return false;
    }
    if (!Character.isSurrogate((char) unit)) {
      out.append((char) unit);
      return true;
    }
    int mark = pos;
    if (Character.isHighSurrogate((char) unit) && text.startsWith("\\u", pos)) {
      pos += 2;
      int second = hex();
      if (second >= 0 && Character.isLowSurrogate((char) second)) {
        out.append((char) unit).append((char) second);
        return true;
      }
    }
    pos = mark;
    out.append('\uFFFD');
    return true;
  }

  private int hex() {
    if (pos + 4 > text.length()) {
      return -1;
    }
    int unit = 0;
    for (int end = pos + 4; pos < end; pos++) {
      int digit = text.charAt(pos) < 0x80 ? Character.digit(text.charAt(pos), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private boolean take(char c) {
    if (peek() == c && pos < text.length()) {
      pos++;
      return true;
    }
    return false;
  }

  private void skip(char c) {
    if (peek() == c && pos < text.length()) {
      pos++;
    }
  }

  private void skipSpace() {
    while (pos < text.length() && " \t\n\r".indexOf(text.charAt(pos)) >= 0) {
      pos++;
    }
  }

  private char peek() {
    return pos < text.length() ? text.charAt(pos) : '\0';
  }
}
