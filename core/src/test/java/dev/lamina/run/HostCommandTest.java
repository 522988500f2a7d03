// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostCommandTest {
  /** Some of the host's programs run in a folder that holds an image's. */
  @ParameterizedTest
  @CsvSource({"/a:/b, /a:/b:", "/a::.:bin:/b, /a:/b:", ":/a, /a:", "., ''", "'', ''", ", ''"})
  void programsAreLookedForInAbsoluteFoldersOnly(String own, String kept) {
    assertThat(HostCommand.path(own))
        .isEqualTo(kept + "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }
}
