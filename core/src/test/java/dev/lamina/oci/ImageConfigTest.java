// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageConfigTest {
  private static final Instant FIRST = Instant.parse("2026-11-24T05:29:49.92913579Z");
  private static final Instant LAST = Instant.parse("2026-11-24T05:29:49.992756321Z");
  private static final Digest FILES =
      Digest.parse("sha256:04c4cb42c56357b83fd991039ce66bc5dba9ee8766685cd84f35031e646a3ea2");
  private static final Digest WORKDIR =
      Digest.parse("sha256:eba359fa1eb89f8e85f41f9f3f4f630340844cb5a43be4b30d9a2ec6d1d66fc1");
  private static final String BUILDKIT = "buildkit.dockerfile.v0";

  private static ImageConfig parse(String json) throws InvalidImageException {
    return ImageConfig.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ImageConfig config) {
    return new String(config.raw(), StandardCharsets.UTF_8);
  }

  /**
   * The digest is the ID Docker Engine 28.5.2 gave an image FROM scratch whose Dockerfile uses
   * every instruction that ends in the configuration; the values below are what that Dockerfile
   * said.
   */
  @Test
  void configMadeHereHasTheIdBuildKitGivesIt() {
    ContainerConfig container =
        ContainerConfig.EMPTY
            .withEnv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            .withEnv("A", "b <html>&'x' é\\u2028")
            .withLabel("b", "2")
            .withLabel("a", "1 <&>")
            .withExposedPort("80/tcp")
            .withExposedPort("443/udp")
            .withExposedPort("53/tcp")
            .withVolumes(Set.of("/data", "/b"))
            .withUser("1000:1000")
            .withWorkingDir("/app")
            .withStopSignal("SIGTERM")
            .withHealthcheck(
                Optional.of(
                    new Healthcheck(
                        List.of("CMD-SHELL", "/bin/true"),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        3)))
            .withOnBuild(List.of("RUN echo hi"))
            .withShell(List.of("/bin/bash", "-c"))
            .withEntrypoint(List.of("/e", "<x>"))
            .withCmd(List.of("/bin/bash", "-c", "foo bar"))
            .withArgsEscaped(true);
    ImageConfig image =
        ImageConfig.of(Platform.of("linux", "amd64"))
            .withConfig(container)
            .withAuthor("someone")
            .withLayer(FILES, HistoryEntry.layer(FIRST, "ADD . / # buildkit", BUILDKIT))
            .withHistory(step("ENV A=b <html>&'x' é\\u2028"))
            .withHistory(step("LABEL b=2 a=1 <&>"))
            .withHistory(step("EXPOSE [443/udp 53/tcp 80/tcp]"))
            .withHistory(step("VOLUME [/data /b]"))
            .withHistory(step("USER 1000:1000"))
            .withLayer(WORKDIR, HistoryEntry.layer(LAST, "WORKDIR /app", BUILDKIT))
            .withHistory(step("STOPSIGNAL SIGTERM"))
            .withHistory(
                step(
                    "HEALTHCHECK &{[\"CMD-SHELL\" \"/bin/true\"] \"5s\" \"3s\" \"1s\" \"2s\" '\\x03'}"))
            .withHistory(step("SHELL [/bin/bash -c]"))
            .withHistory(step("ENTRYPOINT [\"/e\" \"<x>\"]"))
            .withHistory(step("CMD [\"/bin/bash\" \"-c\" \"foo bar\"]"))
            .withHistory(step("MAINTAINER someone"))
            .withCreated(LAST);

    assertThat(image.digest())
        .hasToString("sha256:8ff1299c199afd4e00dfcf2f4e35d68f208cb05ef8ff3ae5ba95be87be5f105c");
  }

  private static HistoryEntry step(String createdBy) {
    return HistoryEntry.emptyLayer(LAST, createdBy, BUILDKIT);
  }

  @Test
  void configOfScratchSaysNothing() {
    assertThat(text(ImageConfig.of(Platform.parse("linux/arm/v6"))))
        .isEqualTo(
            "{\"architecture\":\"arm\",\"config\":{},\"os\":\"linux\","
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\"variant\":\"v6\"}");
  }

  @Test
  void parsedConfigKeepsItsBytes() throws InvalidImageException {
    String json =
        "{ \"rootfs\" : {\"diff_ids\":[],\"type\":\"layers\"},\n \"os\":\"linux\", \"x\":1.50 }\n";
    ImageConfig config = parse(json);
    assertThat(text(config)).isEqualTo(json);
    assertThat(config.digest()).isEqualTo(Digest.sha256(json));
  }

  @Test
  void fieldsUnknownHereOutliveAChange() throws InvalidImageException {
    ImageConfig config =
        parse(
            "{\"zeta\":{\"b\":1,\"a\":2.50},\"alpha\":\"<\",\"os\":\"linux\",\"architecture\":\"amd64\","
                + "\"config\":{\"StopTimeout\":10,\"User\":\"u\"},"
                + "\"history\":[{\"created_by\":\"x\",\"extra\":true}],"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
    ImageConfig changed =
        config.withConfig(config.config().withUser("v")).withHistory(step("USER v"));
    assertThat(text(changed))
        .isEqualTo(
            "{\"alpha\":\"\\u003c\",\"architecture\":\"amd64\","
                + "\"config\":{\"User\":\"v\",\"StopTimeout\":10},"
                + "\"history\":[{\"created_by\":\"x\",\"extra\":true},"
                + "{\"created\":\"2026-11-24T05:29:49.992756321Z\",\"created_by\":\"USER v\","
                + "\"comment\":\"buildkit.dockerfile.v0\",\"empty_layer\":true}],"
                + "\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},"
                + "\"zeta\":{\"b\":1,\"a\":2.50}}");
  }

  /** BuildKit drops these too when it builds on an image that an old engine committed. */
  @Test
  void whatOldEnginesNotedOfTheContainerIsDroppedByAChange() throws InvalidImageException {
    ImageConfig config =
        parse(
            "{\"id\":\"x\",\"container\":\"c\",\"container_config\":{\"Cmd\":null},"
                + "\"docker_version\":\"20.10\",\"architecture\":\"amd64\",\"os\":\"linux\","
                + "\"config\":{\"Hostname\":\"h\",\"AttachStdin\":false,\"Image\":\"i\","
                + "\"Env\":null,\"OnBuild\":null,\"Labels\":{}},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
    assertThat(text(config.withAuthor("a")))
        .isEqualTo(
            "{\"architecture\":\"amd64\",\"author\":\"a\",\"config\":{},\"os\":\"linux\","
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
  }

  @Test
  void timesOfOtherZonesStayAsWrittenWhileTheStepStays() throws InvalidImageException {
    ImageConfig config =
        parse(
            "{\"os\":\"linux\",\"architecture\":\"amd64\","
                + "\"history\":[{\"created\":\"2026-01-01T01:00:00+01:00\"}],"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
    assertThat(config.history().get(0).created()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(text(config.withAuthor("a"))).contains("2026-01-01T01:00:00+01:00");
  }

  @Test
  void envIsReplacedWhereItStands() {
    ContainerConfig config =
        ContainerConfig.EMPTY.withEnv("A", "1").withEnv("B", "2").withEnv("A", "3=4");
    assertThat(config.env()).containsExactly("A=3=4", "B=2");
    assertThat(config.env("A")).contains("3=4");
    assertThat(config.env("C")).isEmpty();
  }

  @Test
  void changeOfAConfigLeavesTheFirstAsItWas() {
    ContainerConfig config = ContainerConfig.EMPTY.withLabels(Map.of("a", "1"));
    assertThat(config.withLabel("b", "2").labels()).containsOnlyKeys("a", "b");
    assertThat(config.labels()).containsOnlyKeys("a");
    assertThat(config).isEqualTo(ContainerConfig.EMPTY.withLabel("a", "1"));
  }

  @Test
  void layerWhoseStepSaysItHasNoneIsRefused() {
    ImageConfig config = ImageConfig.of(Platform.host());
    assertThatThrownBy(() -> config.withLayer(FILES, step("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"rootfs\":{}}",
        "{\"rootfs\":{\"type\":\"btrfs\"}}",
        "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:../../x\"]}}",
        "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":\"x\"}}",
        "{\"rootfs\":{\"type\":\"layers\"},\"config\":[]}",
        "{\"rootfs\":{\"type\":\"layers\"},\"config\":{\"Env\":\"x\"}}",
        "{\"rootfs\":{\"type\":\"layers\"},\"config\":{\"Env\":[1]}}",
        "{\"rootfs\":{\"type\":\"layers\"},\"config\":{\"Healthcheck\":{\"Interval\":0.5}}}",
        "{\"rootfs\":{\"type\":\"layers\"},\"config\":{\"Healthcheck\":{\"Retries\":\"3\"}}}",
        "{\"rootfs\":{\"type\":\"layers\"},\"created\":\"yesterday\"}",
        "{\"rootfs\":{\"type\":\"layers\"},\"history\":[null]}",
        "{\"rootfs\":{\"type\":\"layers\"},\"history\":[{\"empty_layer\":\"true\"}]}"
      })
  void brokenConfigIsRefused(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageStartingWith("image config");
  }
}
