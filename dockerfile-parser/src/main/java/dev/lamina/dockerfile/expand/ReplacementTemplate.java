// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

/**
 * The replacement of <code>${x//pattern/replacement}</code>, which BuildKit hands to Go's regular
 * expressions: a {@code $name} in it stands for a group. There is one group, the match itself,
 * called 0; all others are empty.
 */
final class ReplacementTemplate {

  private ReplacementTemplate() {}

  static String fill(String template, String match) {
    int dollar = template.indexOf('$');
    if (dollar < 0) {
      return template;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (; dollar >= 0; dollar = template.indexOf('$', from)) {
      out.append(template, from, dollar);
      from = dollar + 1;
      if (template.startsWith("$", from)) {
        out.append('$');
        from++;
        continue;
      }
      boolean brace = template.startsWith("{", from);
      int name = brace ? from + 1 : from;
      int end = nameEnd(template, name);
      if (end == name || (brace && !template.startsWith("}", end))) {
        out.append('$');
        continue;
      }
      if (template.substring(name, end).equals("0")) {
        out.append(match);
      }
      from = brace ? end + 1 : end;
    }
    return out.append(template, from, template.length()).toString();
  }

  private static int nameEnd(String template, int from) {
    int i = from;
    while (i < template.length()) {
      int c = template.codePointAt(i);
      if (c != '_' && !Character.isLetter(c) && !Character.isDigit(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }
}
