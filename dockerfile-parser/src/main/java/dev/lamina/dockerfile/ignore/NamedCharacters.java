// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** The sets of characters that Go's regular expressions have names for. */
final class NamedCharacters {

  private static final Map<String, String> POSIX =
      Map.ofEntries(
          Map.entry("alnum", "09AZaz"),
          Map.entry("alpha", "AZaz"),
          Map.entry("ascii", "\u0000\u007F"),
          Map.entry("blank", "\t\t  "),
          Map.entry("cntrl", "\u0000\u001F\u007F\u007F"),
          Map.entry("digit", "09"),
          Map.entry("graph", "!~"),
          Map.entry("lower", "az"),
          Map.entry("print", " ~"),
          Map.entry("punct", "!/:@[`{~"),
          Map.entry("space", "\t\r  "),
          Map.entry("upper", "AZ"),
          Map.entry("word", "09AZaz__"),
          Map.entry("xdigit", "09AFaf"));

  /** The general categories by their two letters; the first alone is all that begin with it. */
  private static final Map<String, Byte> CATEGORIES =
      Map.ofEntries(
          Map.entry("Cc", Character.CONTROL),
          Map.entry("Cf", Character.FORMAT),
          Map.entry("Co", Character.PRIVATE_USE),
          Map.entry("Cs", Character.SURROGATE),
          Map.entry("Ll", Character.LOWERCASE_LETTER),
          Map.entry("Lm", Character.MODIFIER_LETTER),
          Map.entry("Lo", Character.OTHER_LETTER),
          Map.entry("Lt", Character.TITLECASE_LETTER),
          Map.entry("Lu", Character.UPPERCASE_LETTER),
          Map.entry("Mc", Character.COMBINING_SPACING_MARK),
          Map.entry("Me", Character.ENCLOSING_MARK),
          Map.entry("Mn", Character.NON_SPACING_MARK),
          Map.entry("Nd", Character.DECIMAL_DIGIT_NUMBER),
          Map.entry("Nl", Character.LETTER_NUMBER),
          Map.entry("No", Character.OTHER_NUMBER),
          Map.entry("Pc", Character.CONNECTOR_PUNCTUATION),
          Map.entry("Pd", Character.DASH_PUNCTUATION),
          Map.entry("Pe", Character.END_PUNCTUATION),
          Map.entry("Pf", Character.FINAL_QUOTE_PUNCTUATION),
          Map.entry("Pi", Character.INITIAL_QUOTE_PUNCTUATION),
          Map.entry("Po", Character.OTHER_PUNCTUATION),
          Map.entry("Ps", Character.START_PUNCTUATION),
          Map.entry("Sc", Character.CURRENCY_SYMBOL),
          Map.entry("Sk", Character.MODIFIER_SYMBOL),
          Map.entry("Sm", Character.MATH_SYMBOL),
          Map.entry("So", Character.OTHER_SYMBOL),
          Map.entry("Zl", Character.LINE_SEPARATOR),
          Map.entry("Zp", Character.PARAGRAPH_SEPARATOR),
          Map.entry("Zs", Character.SPACE_SEPARATOR));

  private NamedCharacters() {}

  /** Returns the set of {@code \d}, {@code \s} or {@code \w}. */
  static IntPredicate perl(char name) {
    return switch (name) {
      case 'd' -> ranges("09");
      case 's' -> ranges("\t\n\f\r  ");
      default -> ranges("09AZaz__");
    };
  }

  /** Returns the set of <code>[:name:]</code>; {@code ^} before the name turns it round. */
  static IntPredicate posix(String name, String pattern) throws PatternException {
    boolean negated = name.startsWith("^");
    String set = POSIX.get(negated ? name.substring(1) : name);
    if (set == null) {
      throw PatternException.invalid(pattern);
    }
    return negated ? ranges(set).negate() : ranges(set);
  }

  /** Returns the characters of a general category of Unicode, or of a script. */
  static IntPredicate unicode(String name, String pattern) throws PatternException {
    if (name.equals("Any")) {
      return c -> true;
    }
    Set<Byte> types =
        CATEGORIES.entrySet().stream()
            .filter(entry -> !name.isEmpty() && name.length() <= 2)
            .filter(entry -> entry.getKey().startsWith(name))
            .map(Map.Entry::getValue)
            .collect(Collectors.toUnmodifiableSet());
    if (!types.isEmpty()) {
      return c -> types.contains((byte) Character.getType(c));
    }
    try {
      Character.UnicodeScript script = Character.UnicodeScript.forName(name);
      return c -> Character.UnicodeScript.of(c) == script;
    } catch (IllegalArgumentException e) {
      throw PatternException.invalid(pattern);
    }
  }

  /** Returns the characters in the ranges whose ends {@code pairs} lists. */
  private static IntPredicate ranges(String pairs) {
    return c -> {
      for (int i = 0; i < pairs.length(); i += 2) {
        if (pairs.charAt(i) <= c && c <= pairs.charAt(i + 1)) {
          return true;
        }
      }
      return false;
    };
  }
}
