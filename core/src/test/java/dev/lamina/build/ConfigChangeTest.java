// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Platform;
import dev.lamina.spi.StepException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docker commit --change} of Docker Engine 28.5 made of the same. */
class ConfigChangeTest {
  private static final Platform PLATFORM = Platform.parse("linux/amd64");
  private static final ContainerConfig BASE =
      ContainerConfig.EMPTY
          .withUser("1000")
          .withEnv("PATH", "/bin")
          .withCmd(List.of("x"))
          .withWorkingDir("/");

  private static String json(ContainerConfig config) {
    String text = new String(ImageConfig.of(PLATFORM).withConfig(config).raw(), UTF_8);
    return text.substring(text.indexOf("\"config\":"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CMD a b | \"Cmd\":[\"/bin/sh\",\"-c\",\"a b\"]",
        "cmd x | \"Cmd\":[\"/bin/sh\",\"-c\",\"x\"]",
        "CMD [\"a\",\"b\"] | \"Cmd\":[\"a\",\"b\"]",
        "ENTRYPOINT x | \"Entrypoint\":[\"/bin/sh\",\"-c\",\"x\"]",
        "ENV A=1 B=2 | \"Env\":[\"PATH=/bin\",\"A=1\",\"B=2\"]",
        "ENV A 1 | \"Env\":[\"PATH=/bin\",\"A=1\"]",
        "ENV PATH=/x:$PATH | \"Env\":[\"PATH=/x:/bin\"]",
        "EXPOSE 80 90/udp | \"ExposedPorts\":{\"80/tcp\":{},\"90/udp\":{}}",
        "LABEL a=b | \"Labels\":{\"a\":\"b\"}",
        "ONBUILD RUN x | \"OnBuild\":[\"RUN x\"]",
        "USER a b | \"User\":\"a b\"",
        "VOLUME /v /w | \"Volumes\":{\"/v\":{},\"/w\":{}}",
        "WORKDIR sub | \"WorkingDir\":\"/sub\"",
        "HEALTHCHECK NONE | \"Healthcheck\":{\"Test\":[\"NONE\"]}",
        "STOPSIGNAL 9 | \"StopSignal\":\"9\"",
      })
  void changes(String instruction, String expected) throws Exception {
    assertThat(json(ConfigChange.apply(List.of(instruction), BASE, PLATFORM))).contains(expected);
  }

  @Test
  void entrypointTakesAwayACommandThatWasNotSetWithIt() throws Exception {
    assertThat(ConfigChange.apply(List.of("ENTRYPOINT [\"e\"]"), BASE, PLATFORM).cmd()).isEmpty();
    assertThat(
            ConfigChange.apply(List.of("CMD [\"c\"]", "ENTRYPOINT [\"e\"]"), BASE, PLATFORM).cmd())
        .containsExactly("c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RUN x | RUN is not a valid change command",
        "COPY a b | COPY is not a valid change command",
        "ADD a b | ADD is not a valid change command",
        "ARG x | ARG is not a valid change command",
        "SHELL [\"a\"] | SHELL is not a valid change command",
        "MAINTAINER me | MAINTAINER is not a valid change command",
        "FROM x | FROM is not a valid change command",
        "nope x | NOPE is not a valid change command",
        "ENV | ENV requires at least one argument",
        "VOLUME | VOLUME requires at least one argument",
        "LABEL x | LABEL must have two arguments",
        "CMD --x=1 a | unknown flag: --x",
        "ONBUILD ONBUILD RUN x | Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
        "EXPOSE x | x",
      })
  void otherThanDockerAllowsIsRefused(String instruction, String message) {
    assertThatThrownBy(() -> ConfigChange.apply(List.of(instruction), BASE, PLATFORM))
        .isInstanceOf(StepException.class)
        .hasMessageContaining(message);
  }
}
