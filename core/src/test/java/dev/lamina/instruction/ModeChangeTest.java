// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.spi.StepException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeChangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "644          | 0755 | f | 0644",
        "0600         | 4755 | f | 0600",
        "7777         | 0644 | f | 7777",
        "u+x          | 0644 | f | 0744",
        "go-rwx       | 4755 | f | 4700",
        "a=r          | 7777 | f | 1444",
        "=rw          | 6755 | f | 0666",
        "+X           | 0644 | f | 0644",
        "+X           | 0644 | d | 0755",
        "+X           | 0744 | f | 0755",
        "-X           | 0755 | f | 0644",
        "u=rwX,go=rX  | 0640 | f | 0644",
        "u=rwX,go=rX  | 0700 | d | 0755",
        "g=u          | 0604 | f | 0664",
        "g=u-w        | 0604 | f | 0644",
        "o+u          | 0640 | f | 0646",
        "g-o          | 0664 | f | 0624",
        "u+s          | 0755 | f | 4755",
        "o+s          | 0755 | f | 0755",
        "+s           | 0755 | f | 6755",
        "+t           | 0755 | d | 1755",
        "o+t          | 0755 | d | 0755",
        "u-s,g+s      | 4755 | f | 2755",
        "u+x-w        | 0644 | f | 0544",
        "go=          | 0777 | f | 0700",
      })
  void changesTheModeAsChmodDoes(String change, String mode, String type, String expected)
      throws StepException {
    int result = ModeChange.parse(change).apply(Integer.parseInt(mode, 8), type.equals("d"));
    assertThat(String.format("%04o", result)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"888", "10000", "u", "u+x,", "z+x", "u+z", "+x;", "-644 ", "0o644"})
  void refusesWhatIsNoMode(String text) {
    assertThatThrownBy(() -> ModeChange.parse(text))
        .isInstanceOf(StepException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"750,488", "0,0", "u+x,-1"})
  void tellsTheModeOnlyIfItIsTheSameForAll(String text, int octal) throws StepException {
    assertThat(ModeChange.parse(text).octal().orElse(-1)).isEqualTo(octal);
  }
}
