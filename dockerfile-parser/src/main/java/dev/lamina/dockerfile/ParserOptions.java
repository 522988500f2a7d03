// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Letters;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a Dockerfile is read: the name that errors show, and keywords beyond Docker's.
 *
 * <pre>{@code
 * Dockerfile.parse(text, ParserOptions.defaults().withCustomKeyword("INSTALL_JAR"));
 * }</pre>
 *
 * Immutable.
 */
public final class ParserOptions {

  private static final ParserOptions DEFAULTS = new ParserOptions("Dockerfile", Set.of());

  private final String fileName;
  private final Set<String> customKeywords;

  private ParserOptions(String fileName, Set<String> customKeywords) {
    this.fileName = fileName;
    this.customKeywords = customKeywords;
  }

  /** Returns the options for an ordinary file called {@code Dockerfile}. */
  public static ParserOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with another name for errors to show. */
  public ParserOptions withFileName(String name) {
    return new ParserOptions(name, customKeywords);
  }

  /**
   * Returns these options with one keyword more, whose instructions become {@link Custom}.
   *
   * @param keyword letters, digits, {@code _} and {@code -}, in any letter case
   * @throws IllegalArgumentException if the keyword is one of Docker's, or holds other characters
   */
  public ParserOptions withCustomKeyword(String keyword) {
    String upper = Letters.upper(keyword);
    if (upper.isEmpty() || !upper.chars().allMatch(ParserOptions::isKeywordCharacter)) {
      throw new IllegalArgumentException(
          "custom keyword: expected letters, digits, _ and -, found " + GoQuote.quote(keyword));
    }
    if (Keyword.ofOrNull(upper) != null) {
      throw new IllegalArgumentException("custom keyword: " + upper + " has a meaning already");
    }
    Set<String> more = new TreeSet<>(customKeywords);
    more.add(upper);
    return new ParserOptions(fileName, Set.copyOf(more));
  }

  private static boolean isKeywordCharacter(int c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  }

  /** Returns the name that errors show. */
  public String fileName() {
    return fileName;
  }

  /** Returns the keywords beyond Docker's, in upper case. */
  public Set<String> customKeywords() {
    return customKeywords;
  }

  boolean isCustomKeyword(String word) {
    return !customKeywords.isEmpty() && customKeywords.contains(Letters.upper(word));
  }
}
