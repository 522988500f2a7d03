// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("text-blocks")
class WordExpanderTest {

  private static final Variables VARIABLES =
      Variables.of(
          Map.of(
              "dir", "/opt/app/lib",
              "empty", "",
              "two", "one two",
              "file", "app-1.2.tar.gz",
              "lines", "a1\na2",
              "ref", "$dir"));

  private static final WordExpander EXPANDER = WordExpander.withEscape('\\');

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          $dir                 | /opt/app/lib
          ${dir}x              | /opt/app/libx
          a$none-b             | a-b
          ${none:-x}           | x
          ${none-x}            | x
          ${empty:-x}          | x
          ${empty-x}           | ~~
          ${dir:+x}            | x
          ${empty:+x}          | ~~
          ${empty+x}           | x
          ${none+x}            | ~~
          ${dir:?needed}       | /opt/app/lib
          ${none:-${empty:-y}} | y
          ${dir#*/}            | opt/app/lib
          ${dir##*/}           | lib
          ${dir%/*}            | /opt/app
          ${dir%%/*}           | ~~
          ${file%.tar.gz}      | app-1.2
          ${file#app-?.}       | 2.tar.gz
          ${dir/app/bin}       | /opt/bin/lib
          ${dir//p/P}          | /oPt/aPP/lib
          ${file//./}          | app-12targz
          ${dir//nothing/x}    | /opt/app/lib
          ${lines#*2}          | a1<newline>a2
          '$dir'               | $dir
          "$dir"               | /opt/app/lib
          \\$dir               | $dir
          "\\$dir"             | $dir
          a\\ b                | a b
          $ref                 | $dir
          $1$@                 | ~~
          $                    | $
          """)
  void wordExpandsTo(String word, String expected) throws ExpansionException {
    String text = expected.replace("<newline>", "\n");
    assertThat(EXPANDER.expand(word, VARIABLES)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${",
        "${dir",
        "${}",
        "${:x}",
        "${{x}}",
        "${dir@}",
        "${dir:#x}",
        "${none:?}",
        "${empty:?gone}",
        "${none?}",
        "'open",
        "\"open",
        "${dir:-'}",
        "${dir/a}",
        "${dir/a/b",
        "${dir#\\q}"
      })
  void wordIsRefused(String word) {
    assertThatThrownBy(() -> EXPANDER.expand(word, VARIABLES))
        .isInstanceOf(ExpansionException.class)
        .hasMessageStartingWith("failed to process \"");
  }

  @Test
  void wordsAreSplitAfterExpansionAndOutsideQuotes() throws ExpansionException {
    assertThat(EXPANDER.split("a  $two '$two b' \"$two\"", VARIABLES))
        .containsExactly("a", "one", "two", "$two b", "one two");
  }

  @Test
  void messageNamesTheVariable() {
    assertThatThrownBy(() -> EXPANDER.expand("${none:?set it}", VARIABLES))
        .hasMessage("failed to process \"${none:?set it}\": none: set it");
  }

  @Test
  void usedAndUnsetVariablesAreReported() throws ExpansionException {
    WordExpander.Expanded expanded = EXPANDER.process("$dir ${none:-$two}", VARIABLES);
    assertThat(expanded.used()).containsExactly("dir", "two");
    assertThat(expanded.unset()).containsExactly("none");
  }

  @Test
  void backtickEscapesAndBackslashIsOrdinary() throws ExpansionException {
    WordExpander windows = WordExpander.withEscape('`');
    assertThat(windows.expand("C:\\x`$dir $dir", VARIABLES)).isEqualTo("C:\\x$dir /opt/app/lib");
  }

  @Test
  void modesLeaveQuotesEscapesAndUnsetAlone() throws ExpansionException {
    assertThat(EXPANDER.keepingQuotes().expand("'a' \"$dir\"", VARIABLES))
        .isEqualTo("'a' \"/opt/app/lib\"");
    assertThat(EXPANDER.keepingEscapes().expand("\\a", VARIABLES)).isEqualTo("\\a");
    assertThat(EXPANDER.keepingUnset().expand("$none ${none:-x}", VARIABLES))
        .isEqualTo("$none ${none:-x}");
    assertThat(EXPANDER.ignoringQuotes().expand("it's $dir", VARIABLES))
        .isEqualTo("it's /opt/app/lib");
  }
}
