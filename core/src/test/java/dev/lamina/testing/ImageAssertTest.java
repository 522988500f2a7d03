// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import static dev.lamina.testing.ImageAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ImageAssertTest {
  private static final String SHOP =
      """
      FROM scratch
      COPY <<EOF /etc/motd
      hello
      shop
      EOF
      COPY --chown=1000:50 --chmod=4755 <<EOF /app/run
      #!/bin/sh
      EOF
      COPY --chmod=0666 <<EOF /app/data
      0123456789
      EOF
      ENV MODE=fast
      LABEL org.shop=yes
      EXPOSE 8080 53/udp
      VOLUME /data
      WORKDIR /app
      USER 1000:50
      STOPSIGNAL SIGINT
      ENTRYPOINT ["/app/run"]
      CMD ["--serve"]
      """;

  private final ImageStore store = ImageStore.inMemory();
  private Image shop;

  @BeforeEach
  void buildTheShop() throws Exception {
    shop = build(SHOP).tag("shop:1");
  }

  @AfterEach
  void closeTheStore() throws IOException {
    store.close();
  }

  private Image build(String dockerfile) throws Exception {
    return ImageBuilder.fromText(dockerfile).store(store).build();
  }

  @Test
  void whatHoldsPasses() {
    assertThat(shop)
        .file("/app/run")
        .exists()
        .isFile()
        .isOwnedBy(1000)
        .isOwnedBy(1000, 50)
        .hasMode("4755")
        .isExecutable()
        .hasSize(10)
        .hasContent("#!/bin/sh\n")
        .hasBytes("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8))
        .contains("bin")
        .doesNotContain("bash")
        .containsPattern("^#!.*sh$")
        .file("/app/nothing")
        .doesNotExist()
        .file("/app")
        .isDirectory()
        .hasEntries("run", "data")
        .and()
        .hasNoSetuidFilesBut("/app/run")
        .hasNoWorldWritableFilesBut("/app/data")
        .hasNoFileLargerThan(11)
        .hasNoSecrets()
        .hasLayers(4)
        .isNotLargerThan(100_000)
        .wastesAtMost(0)
        .isLike(shop)
        .config()
        .hasEntrypoint("/app/run")
        .hasCmd("--serve")
        .hasEnv("MODE", "fast")
        .hasNoEnv("OTHER")
        .exposes("8080", "53/udp")
        .hasUser("1000:50")
        .doesNotRunAsRoot()
        .hasWorkdir("/app")
        .hasLabel("org.shop", "yes")
        .hasVolumes("/data")
        .hasStopSignal("SIGINT")
        .and()
        .layer(2)
        .touchesNothingOutside("/app")
        .holds("/app/run")
        .doesNotTouch("/etc")
        .removesNothing()
        .isNotLargerThan(10_000)
        .and()
        .layerOf("COPY <<EOF /etc/motd")
        .holds("/etc/motd");
  }

  private record Wrong(String name, Consumer<ImageAssert> claim, List<String> message) {
    Wrong(String name, Consumer<ImageAssert> claim, String... message) {
      this(name, claim, List.of(message));
    }
  }

  @TestFactory
  Stream<DynamicTest> whatDoesNotHoldSaysWhatIs() {
    return Stream.of(
            new Wrong(
                "mode",
                image -> image.file("/app/run").hasMode("0644"),
                "shop:1: /app/run: expected mode 0644, found 4755",
                "added by step 2: COPY"),
            new Wrong(
                "owner",
                image -> image.file("/app/run").isOwnedBy(0, 0),
                "expected owner 0:0, found 1000:50"),
            new Wrong(
                "missing file",
                image -> image.file("/app/rum").exists(),
                "/app/rum: expected it to exist, /app has data, run"),
            new Wrong(
                "missing folder",
                image -> image.file("/lib/a/b").exists(),
                "expected it to exist, / has app, etc"),
            new Wrong(
                "type",
                image -> image.file("/app").isFile(),
                "/app: expected a file, found a directory"),
            new Wrong(
                "content",
                image -> image.file("/etc/motd").hasContent("hello\nworld\n"),
                "- expected, + found",
                "  hello\n- world\n+ shop\n"),
            new Wrong(
                "contained text",
                image -> image.file("/etc/motd").contains("world"),
                "expected to contain \"world\", found \nhello\nshop"),
            new Wrong(
                "setuid",
                ImageAssert::hasNoSetuidFiles,
                "expected no setuid or setgid file but [], found",
                "/app/run with mode 4755 of 1000:50, added by step 2"),
            new Wrong(
                "large file",
                image -> image.hasNoFileLargerThan(10),
                "/app/data of 11 bytes, added by step 3"),
            new Wrong(
                "layer outside",
                image -> image.layer(1).touchesNothingOutside("/app"),
                "the layer of step 1: COPY",
                "expected nothing outside /app, found",
                "put /etc/motd file 0644 0:0 11 bytes"),
            new Wrong("layers", image -> image.hasLayers(7), "expected 7 layers, found 4"),
            new Wrong(
                "no such layer",
                image -> assertThat(image.layer(9)).isNotNull(),
                "expected a layer 9, found 4"),
            new Wrong(
                "entrypoint",
                image -> image.config().hasEntrypoint("java"),
                "entrypoint: expected [java], found [/app/run]"),
            new Wrong(
                "ports",
                image -> image.config().exposes("80"),
                "exposed ports: expected [80/tcp], found [53/udp, 8080/tcp]"),
            new Wrong(
                "label",
                image -> image.config().hasLabel("a", "b"),
                "label a: expected b, found none of that name in [org.shop]"))
        .map(
            wrong ->
                DynamicTest.dynamicTest(
                    wrong.name(),
                    () ->
                        assertThatThrownBy(() -> wrong.claim().accept(assertThat(shop)))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContainingAll(wrong.message().toArray(String[]::new))));
  }

  @Test
  void aFileThatWasDeletedNamesWhoDidIt() throws Exception {
    try (var box = shop.newContainer()) {
      Files.delete(box.path("/etc/motd"));
      Image gone = box.commit("shop:gone");
      assertThatThrownBy(() -> assertThat(gone).file("/etc/motd").exists())
          .hasMessageContaining("shop:gone: /etc/motd: expected it to exist, /etc is empty")
          .hasMessageContaining("added by step 1: COPY")
          .hasMessageContaining("deleted by step");
    }
  }

  @Test
  void linksAreFollowedOnlyWhereAsked() throws Exception {
    try (var box = shop.newContainer()) {
      Files.createSymbolicLink(box.path("/bin"), box.path("app"));
      Files.createSymbolicLink(box.path("/app/latest"), box.path("run"));
      Image linked = box.commit("shop:linked");
      assertThat(linked)
          .file("/bin/latest")
          .isLinkTo("run")
          .target()
          .hasSize(10)
          .file("/bin")
          .isLinkTo("app");
    }
  }

  @Test
  void aSecretIsFoundThoughItWasDeletedLater() throws Exception {
    Image leaking;
    try (var box = shop.newContainer()) {
      Files.writeString(box.path("/app/key"), "-----BEGIN RSA PRIVATE KEY-----\n");
      leaking = box.commit("shop:leaking");
    }
    try (var box = leaking.newContainer()) {
      Files.delete(box.path("/app/key"));
      Image hidden = box.commit("shop:hidden");
      assertThatThrownBy(() -> assertThat(hidden).hasNoSecrets())
          .hasMessageContaining("private key")
          .hasMessageContaining("/app/key:1");
    }
  }

  @Test
  void aBuildIsReproducibleOnceItHasATime() throws Exception {
    ImageBuilder builder = ImageBuilder.fromText(SHOP).store(store);

    assertThat(builder.sourceDate(Instant.EPOCH)).isReproducible().hasLayers(4);
    assertThatThrownBy(() -> assertThat(builder).isReproducible())
        .hasMessageContaining("expected two builds to give one digest")
        .hasMessageContaining("Configuration\n  created: ")
        .hasMessageContaining("Files that differ in their time only\n  /app: ");
  }

  @Test
  void anotherImageIsToldApartByFilesAndConfiguration() throws Exception {
    Image other =
        build(SHOP.replace("hello\nshop", "hello\nmarket").replace("MODE=fast", "MODE=slow"));

    assertThatThrownBy(() -> assertThat(other).isLike(shop))
        .hasMessageContaining("env MODE: fast → slow")
        .hasMessageContaining("/etc/motd: 11 bytes → 13 bytes");
  }

  @Test
  void aListingIsComparedWithTheApprovedOne(@TempDir Path folder) throws Exception {
    Path approved = folder.resolve("shop.listing");
    assertThatThrownBy(() -> assertThat(shop).matches(approved))
        .hasMessageContaining("nothing was approved yet in " + approved)
        .hasMessageContaining("-Dlamina.approve=true");

    Files.writeString(approved, ImageListing.of(shop));
    assertThat(build(SHOP)).matches(approved);
    assertThatThrownBy(
            () -> assertThat(build(SHOP.replace("chmod=4755", "chmod=755"))).matches(approved))
        .hasMessageContaining("- file 4755 1000:50            10 /app/run")
        .hasMessageContaining("+ file 0755 1000:50            10 /app/run");
  }

  @Test
  void aListingHasWhatAPersonWantsToApprove() throws Exception {
    assertThat(ImageListing.of(shop))
        .isEqualTo(
            """
            user 1000:50
            workdir /app
            entrypoint [/app/run]
            cmd [--serve]
            env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            env MODE=fast
            exposes 53/udp 8080/tcp
            volumes /data
            label org.shop=yes
            stopsignal SIGINT
            layer COPY <<EOF /etc/motd
            layer COPY --chown=1000:50 --chmod=4755 <<EOF /app/run
            layer COPY --chmod=0666 <<EOF /app/data
            layer WORKDIR /app

            dir  0755 1000:50               /app
            file 0666 0:0                11 /app/data c67c19959562
            file 4755 1000:50            10 /app/run a8076d3d28d2
            dir  0755 0:0                   /etc
            file 0644 0:0                11 /etc/motd 2f2f405f9a9e
            """);
  }
}
