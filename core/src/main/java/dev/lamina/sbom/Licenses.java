// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import java.util.Set;
import java.util.regex.Pattern;

/** Tells license expressions that SPDX understands from names that only people do. */
final class Licenses {
  private static final Pattern TOKEN = Pattern.compile("[()]|[^\\s()]+");
  private static final Set<String> OPERATORS = Set.of("AND", "OR", "WITH", "(", ")");
  private static final Set<String> KNOWN =
      Set.of(
          "0BSD",
          "AFL-2.1",
          "AFL-3.0",
          "AGPL-3.0-only",
          "AGPL-3.0-or-later",
          "Apache-1.1",
          "Apache-2.0",
          "Artistic-1.0",
          "Artistic-1.0-Perl",
          "Artistic-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "BSD-4-Clause",
          "BSL-1.0",
          "BlueOak-1.0.0",
          "CC-BY-3.0",
          "CC-BY-4.0",
          "CC-BY-SA-4.0",
          "CC0-1.0",
          "CDDL-1.0",
          "CDDL-1.1",
          "CPL-1.0",
          "EPL-1.0",
          "EPL-2.0",
          "FTL",
          "GFDL-1.3-or-later",
          "GPL-1.0-or-later",
          "GPL-2.0-only",
          "GPL-2.0-or-later",
          "GPL-3.0-only",
          "GPL-3.0-or-later",
          "HPND",
          "ICU",
          "IJG",
          "ISC",
          "JSON",
          "LGPL-2.0-only",
          "LGPL-2.0-or-later",
          "LGPL-2.1-only",
          "LGPL-2.1-or-later",
          "LGPL-3.0-only",
          "LGPL-3.0-or-later",
          "MIT",
          "MIT-0",
          "MPL-1.1",
          "MPL-2.0",
          "NCSA",
          "OFL-1.1",
          "OpenSSL",
          "PSF-2.0",
          "PostgreSQL",
          "Python-2.0",
          "Ruby",
          "SSPL-1.0",
          "Sleepycat",
          "UPL-1.0",
          "Unicode-DFS-2016",
          "Unlicense",
          "Vim",
          "W3C",
          "WTFPL",
          "X11",
          "Zlib",
          "bzip2-1.0.6",
          "curl",
          "libpng-2.0",
          "Classpath-exception-2.0",
          "GCC-exception-3.1",
          "LLVM-exception",
          "OpenSSL-exception");

  private Licenses() {}

  /**
   * Returns whether a text is an expression of licenses that are known here; a list that people
   * write with blanks between is none.
   */
  static boolean isExpression(String text) {
    boolean afterLicense = false;
    int depth = 0;
    var tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      String token = tokens.group();
      if (token.equals("(")) {
        depth++;
      } else if (token.equals(")")) {
        depth--;
      }
      boolean license = !OPERATORS.contains(token);
      boolean opens = token.equals("(");
      boolean fits = (license || opens) ? !afterLicense : afterLicense;
      if (depth < 0 || !fits || (license && !KNOWN.contains(token))) {
        return false;
      }
      afterLicense = license || token.equals(")");
    }
    return afterLicense && depth == 0;
  }
}
