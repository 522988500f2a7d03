// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static dev.lamina.insight.Layers.file;
import static dev.lamina.insight.Layers.image;
import static dev.lamina.insight.Layers.removed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.oci.ContainerConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {
  private static List<String> scan(Layers image) throws IOException {
    return SecretScan.scan(image.timeline(), SecretRule.known()).stream()
        .map(Secret::toString)
        .toList();
  }

  @Test
  void aDeletedSecretIsFoundInItsLayer() throws IOException {
    Layers image =
        image()
            .step(
                "COPY id_rsa /root/",
                file("/root/id_rsa", "-----BEGIN OPENSSH " + "PRIVATE KEY-----"))
            .step("RUN rm /root/id_rsa", removed("/root/id_rsa"));

    assertThat(scan(image))
        .containsExactly(
            "private key in /root/id_rsa:1, stored by step 1, hidden by a later step but still in"
                + " its layer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws_access_key_id = AKIA" + "ABCDEFGHIJKLMNOP",
        "export T=ghp" + "_0123456789abcdefghijABCDEFGHIJ012345",
        "//registry/:_authToken=" + "abcdefgh12345678",
        "glpat" + "-0123456789abcdefghij",
        "{\"auths\":{\"r\":{\"auth\": \"dXNlcjpwYXNzd29yZA==\"}}}",
      })
  void secretsAreToldByTheirForm(String line) throws IOException {
    assertThat(scan(image().step("RUN a", file("/a", "1\n" + line))))
        .singleElement()
        .asString()
        .contains(" in /a:2,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//registry/:_authToken=${NPM_TOKEN}",
        "AKIA is how access keys begin",
        "-----BEGIN PUBLIC KEY-----",
      })
  void whatOnlyMentionsASecretIsNone(String line) throws IOException {
    assertThat(scan(image().step("RUN a", file("/a", line)))).isEmpty();
  }

  @Test
  void environmentAndHistoryAreLookedAt() throws IOException {
    ContainerConfig config =
        ContainerConfig.EMPTY.withEnv(
            List.of(
                "PATH=/bin",
                "DB_PASSWORD=x",
                "API_TOKEN=",
                "MY_SECRET=/run/secrets/s",
                "URL=https://u:pw@host/"));
    Layers image =
        image()
            .empty("RUN |1 U=https://me:" + "hunter2@git.example/ /bin/sh -c git clone $U")
            .config(config);

    assertThat(scan(image))
        .containsExactly(
            "password in a URL in the history of step 1, stored by step 1",
            "value that its name calls a secret in environment variable DB_PASSWORD",
            "password in a URL in environment variable URL");
    assertThat(scan(image).toString()).doesNotContain("hunter2", "pw@");
  }
}
