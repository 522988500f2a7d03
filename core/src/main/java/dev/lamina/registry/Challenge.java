// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One way in that a server offers in {@code WWW-Authenticate}.
 *
 * @param scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters their names in lower case
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, 11.6.1</a>
 */
record Challenge(String scheme, Map<String, String> parameters) {

  /** Returns a parameter. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /** Parses all challenges of all headers; what can't be understood is left out. */
  static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    for (String header : headers) {
      new Parser(header).parse(challenges);
    }
    return challenges;
  }

  /** Reads {@code scheme name=value, name="value", scheme …}. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    void parse(List<Challenge> into) {
      Map<String, String> parameters = new LinkedHashMap<>();
      while (skipSeparators()) {
        String word = token();
        if (word.isEmpty()) {
          return;
        }
        int afterWord = at;
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '=' && !into.isEmpty()) {
          at++;
          skipBlanks();
          parameters.put(word.toLowerCase(Locale.ROOT), value());
        } else {
          at = afterWord;
          parameters = new LinkedHashMap<>();
          into.add(new Challenge(word.toLowerCase(Locale.ROOT), parameters));
        }
      }
    }

    private boolean skipSeparators() {
      while (at < text.length() && " \t,".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at < text.length();
    }

    private void skipBlanks() {
      while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private String token() {
      int start = at;
      while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private String value() {
      if (at >= text.length() || text.charAt(at) != '"') {
        return token();
      }
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
      }
      at++;
      return value.toString();
    }
  }
}
