// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where BuildKit looks for directives before it reads a file. */
class DirectiveTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# syntax=docker/dockerfile:1 | docker/dockerfile:1 | 1",
        "#Syntax = a/b:c  x=y | a/b:c  x=y | 1",
        "# escape=`\\n# syntax=a | a | 2",
        "// syntax=a/b\\n{} | a/b | 1",
        "//SYNTAX=a/b | a/b | 1",
        "{\"syntax\": \"a/b\"} | a/b | 1",
        "{\"x\": [1, {\"syntax\": 2}],\\n \"syntax\": \"\\u0061\", \"y\": null} | a | 1",
        "#!/usr/bin/env x\\n# syntax=a | a | 2",
        "#!/usr/bin/env x\\n{\"syntax\": \"a\"} | a | 2",
        "\\uFEFF# syntax=a | a | 1",
      })
  void syntaxIsFoundInEachForm(String text, String value, int line) {
    Directive found = Directive.detectSyntax(unescape(text)).orElseThrow();

    assertThat(found.value()).isEqualTo(value);
    assertThat(found.range().startLine()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM scratch\\n# syntax=a",
        "# a comment\\n# syntax=a",
        "# unknown=a\\n# syntax=a",
        "\\n# syntax=a",
        "' # syntax=a'",
        "# syntax=",
        "# escape=`\\n# escape=`\\n# syntax=a",
        "{\"syntax\": 1}",
        "{\"syntax\": \"a\"",
        "{\"syntax\": \"a\"} x",
        "{\"syntax\": \"a}",
        "{\"syntax\" \"a\"}",
        "{syntax: \"a\"}",
        "[\"syntax\"]",
        "{}",
        "''",
      })
  void otherwiseThereIsNoSyntax(String text) {
    assertThat(Directive.detectSyntax(unescape(text))).isEmpty();
  }

  @Test
  void onlySyntaxHasOtherForms() {
    assertThat(Directive.detect("check", "// check=skip=all")).isEmpty();
    assertThat(Directive.detect("check", "# check=skip=all // why").orElseThrow().value())
        .isEqualTo("skip=all // why");
  }

  @Test
  void theDirectivesOfAFileAreThoseBeforeAnythingElse() throws DockerfileSyntaxException {
    Dockerfile file =
        Dockerfile.parse("  # Check=skip=all\n#escape = `\n# not=one\n# syntax=late\nFROM a `\n");

    assertThat(file.directives()).extracting(Directive::name).containsExactly("check", "escape");
    assertThat(file.directive("escape")).contains("`");
    assertThat(file.escape()).isEqualTo('`');
  }

  private static String unescape(String text) {
    return text.replace("\\n", "\n").replace("\\uFEFF", "\uFEFF");
  }
}
