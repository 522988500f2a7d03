// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.spi.Probe;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a program answers that stands for a service's. */
class ServiceProbeTest {
  private static Probe probe(String script) {
    return ServiceEngine.of("sh", "-c", script).probe();
  }

  @Test
  void serviceOfLinuxIsTaken() {
    assertThat(probe("echo linux 28.5"))
        .isInstanceOfSatisfying(
            Probe.Available.class,
            answer -> assertThat(answer.description()).isEqualTo("sh, service of linux 28.5"));
  }

  @Test
  void serviceOfAnotherSystemIsNot() {
    assertThat(probe("echo windows 28.5"))
        .isInstanceOfSatisfying(
            Probe.Unavailable.class,
            answer ->
                assertThat(answer.reason())
                    .isEqualTo("expected a service of Linux, found windows 28.5"));
  }

  @Test
  void programThatReachesNoneIsQuoted() {
    assertThat(probe("echo no daemon >&2; exit 3"))
        .isInstanceOfSatisfying(
            Probe.Unavailable.class,
            answer -> {
              assertThat(answer.exitCode()).isEqualTo(OptionalInt.of(3));
              assertThat(answer.reason()).isEqualTo("no daemon");
            });
  }

  @Test
  void serviceThatDoesNotAnswerIsNotWaitedFor() {
    Probe answer =
        ServiceEngine.of("sh", "-c", "exec sleep 600").within(Duration.ofMillis(300)).probe();

    assertThat(answer.toString()).contains("expected an answer within 300 ms, found none");
  }

  @Test
  void missingProgramIsNamed() {
    assertThat(ServiceEngine.of("/no/such/docker").probe().toString()).contains("/no/such/docker");
  }
}
