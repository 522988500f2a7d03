// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Guided fuzzing of all that the module does with a file: {@code JAZZER_FUZZ=1 mvn -Pfuzz -pl
 * dockerfile-parser test -Dtest=DockerfileFuzzTest}. Without JAZZER_FUZZ it runs what was found
 * before.
 */
class DockerfileFuzzTest {

  @FuzzTest(maxDuration = "5m")
  void bytesGiveAResultOrTheException(byte[] bytes) {
    var unused = EverythingOnce.with(bytes);
  }
}
