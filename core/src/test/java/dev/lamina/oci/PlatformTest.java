// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "Linux/X86_64, linux/amd64",
    "linux/x86-64/v1, linux/amd64",
    "linux/amd64/v3, linux/amd64/v3",
    "linux/i386, linux/386",
    "linux/aarch64, linux/arm64",
    "linux/arm64/v8, linux/arm64/v8",
    "linux/arm64/8, linux/arm64/v8",
    "linux/arm64/v9.0, linux/arm64/v9",
    "linux/arm, linux/arm",
    "linux/arm/7, linux/arm/v7",
    "linux/arm/v6, linux/arm/v6",
    "linux/armhf, linux/arm",
    "linux/armel, linux/arm/v6",
    "macos/arm64, darwin/arm64",
    "arm64, linux/arm64",
    "armhf, linux/arm",
    "s390x, linux/s390x",
    "windows(10.0.17763)/amd64, windows/amd64",
    "plan10/z80, plan10/z80"
  })
  void writtenFormsMeanWhatTheyMeanToContainerd(String text, String expected) {
    assertThat(Platform.parse(text)).hasToString(expected);
  }

  @Test
  void osVersionAndFeaturesAreRead() {
    Platform platform = Platform.parse("windows(10.0.17763+win32k)/amd64");
    assertThat(platform.osVersion()).contains("10.0.17763");
    assertThat(platform.osFeatures()).containsExactly("win32k");
  }

  @Test
  void systemAloneRunsOnThisMachine() {
    assertThat(Platform.parse("linux")).isEqualTo(Platform.host());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "linux/", "linux/amd64/v2/x", "li nux/amd64", "linux/*", "foo"})
  void nothingElseIsAPlatform(String text) {
    assertThatThrownBy(() -> Platform.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/arm64 linux/amd64, linux/amd64",
    "linux/amd64, linux/386 linux/amd64/v3, linux/386",
    "linux/amd64/v3, linux/amd64 linux/amd64/v2 linux/amd64/v4, linux/amd64/v2",
    "linux/arm/v7, linux/arm/v5 linux/arm/v6 linux/arm64, linux/arm/v6",
    "linux/arm, linux/arm/v7, linux/arm/v7",
    "linux/arm/v6, linux/arm/v7,",
    "linux/arm64, linux/arm/v7 linux/arm64/v8, linux/arm64/v8",
    "linux/arm64/v8, linux/arm/v7 linux/arm/v6, linux/arm/v7",
    "linux/arm64/v8.2, linux/arm64/v8.3 linux/arm64/v8.1, linux/arm64/v8.1",
    "linux/arm64/v9, linux/arm64/v8.6 linux/arm64/v8.5, linux/arm64/v8.5",
    "linux/s390x, linux/amd64 linux/ppc64le,",
    "linux/amd64, unknown/unknown,",
    "windows/amd64, linux/amd64,",
  })
  void indexGivesTheBestThatRuns(String wanted, String offered, String expected) {
    List<Descriptor> manifests = new ArrayList<>();
    for (String name : offered.split(" ", -1)) {
      String[] parts = name.split("/", -1);
      Optional<String> variant = parts.length > 2 ? Optional.of(parts[2]) : Optional.empty();
      manifests.add(
          Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(name), 1)
              .withPlatform(
                  new Platform(parts[0], parts[1], variant, Optional.empty(), List.of())));
    }
    assertThat(ImageIndex.of(manifests, Map.of()).select(Platform.parse(wanted)))
        .map(manifest -> manifest.platform().orElseThrow().toString())
        .isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64, true",
    "linux/amd64, linux/386, true",
    "linux/amd64, linux/arm64, false",
    "linux/amd64, windows/amd64, false",
    "linux/arm/v7, linux/arm/v6, true",
    "linux/arm/v6, linux/arm/v7, false",
    "linux/arm/v6, linux/arm, true", // a config that names no variant
    "linux/arm64, linux/arm/v7, true",
    "linux/386, linux/amd64, false",
    "linux/s390x, linux/amd64, false",
  })
  void imagesOfAConfigRunOrDoNot(String wanted, String offered, boolean expected) {
    String[] parts = offered.split("/", -1);
    Platform config =
        Platform.of(parts[0], parts[1])
            .withVariant(parts.length > 2 ? Optional.of(parts[2]) : Optional.empty());
    assertThat(Platform.parse(wanted).runs(config)).isEqualTo(expected);
  }

  @Test
  void ofEqualPlatformsTheFirstIsTaken() {
    List<Descriptor> manifests =
        Arrays.asList(
            Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256("no platform"), 1),
            Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256("first"), 1)
                .withPlatform(Platform.of("linux", "amd64")),
            Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256("second"), 1)
                .withPlatform(Platform.of("linux", "amd64")));
    assertThat(ImageIndex.of(manifests, Map.of()).select(Platform.parse("linux/amd64")))
        .map(Descriptor::digest)
        .contains(Digest.sha256("first"));
  }
}
