// SPDX-License-Identifier: Apache-2.0
package dev.lamina.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlashPathTest {

  @ParameterizedTest
  @CsvSource({"'',.", "/,/", "a//b/,a/b", "/../a,/a", "../a/..,..", "a/./b/../c,a/c", "/a/..,/"})
  void cleansByText(String path, String clean) {
    assertThat(SlashPath.clean(path)).isEqualTo(clean);
  }

  @ParameterizedTest
  @CsvSource({"a/,/a/", "a/.,/a/.", ".,/", "/,/", "../..,/", "/.,/.", "a/../,/", "a/b,/a/b"})
  void keepsTheEndOfAnAbsolutePath(String path, String expected) {
    assertThat(SlashPath.absoluteKeepingEnd(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"/,/", "/a/b,b", "a/,a", "a//,a", "'',."})
  void takesTheLastElement(String path, String expected) {
    assertThat(SlashPath.base(path)).isEqualTo(expected);
  }
}
