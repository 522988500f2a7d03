// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DigestTest {
  private static final String HEX =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void digestIsItsAlgorithmAndHex() {
    assertThat(Digest.sha256(new byte[0])).isEqualTo(Digest.parse("sha256:" + HEX));
    assertThat(Digest.parse("sha256:" + HEX).shortHex()).isEqualTo("e3b0c44298fc");
  }

  /** By {@code printf abc | sha256sum}, {@code sha384sum} and {@code sha512sum}. */
  @Test
  void contentIsDigestedByEachAlgorithm() throws IOException {
    Content content = Content.of("abc".getBytes(StandardCharsets.UTF_8));

    assertThat(Digest.sha256(content).hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Digest.of("sha384", content).hex())
        .isEqualTo(
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
                + "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
    assertThat(Digest.of("sha512", content).hex())
        .isEqualTo(
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  }

  @Test
  void sha384AndSha512AreDigestsToo() {
    byte[] x = "x".getBytes(StandardCharsets.UTF_8);
    Digest shorter = Digest.parse("sha384:" + "0f".repeat(48));
    assertThat(Digest.of(shorter.newHasher().digest(x)).toString())
        .startsWith("sha384:d752c2c51fba0e29");
    Digest longer = Digest.parse("sha512:" + "0f".repeat(64));
    assertThat(Digest.of(longer.newHasher().digest(x)).toString())
        .startsWith("sha512:a4abd4448c49562d");
  }

  static Stream<String> whatIsNoDigest() {
    return Stream.of(
        "",
        ":",
        "sha256",
        "sha256:",
        HEX,
        "sha256:../../x",
        "sha256:../" + HEX.substring(3),
        "sha256:" + HEX.substring(1),
        "sha256:" + HEX + "0",
        "sha256:" + HEX.toUpperCase(Locale.ROOT),
        "SHA256:" + HEX,
        "sha256:" + HEX.substring(1) + "\n",
        "sha256:" + HEX.substring(1) + "\0",
        "sha256:" + HEX.substring(1) + "g",
        "sha256:" + HEX.substring(1) + "/",
        "sha256:" + HEX.substring(1) + "\u0661",
        " sha256:" + HEX,
        "sha256:" + HEX + " ",
        "sha256::" + HEX.substring(1),
        "sha224:" + "0".repeat(56),
        "sha384:" + HEX,
        "sha384:" + "0".repeat(128),
        "sha512:" + HEX,
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "../sha256:" + HEX,
        "sha256+b64:" + HEX);
  }

  @ParameterizedTest
  @MethodSource("whatIsNoDigest")
  void nothingElseIsADigest(String text) {
    assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsDigestedByAnotherAlgorithm() {
    Content content = Content.of(new byte[0]);
    assertThatThrownBy(() -> Digest.of("md5", content))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digest algorithm: expected sha256, sha384 or sha512, found \"md5\"");
    assertThatThrownBy(() -> Digest.of(new byte[16])).isInstanceOf(IllegalArgumentException.class);
  }

  /** As the specification defines it: sha256 of the lower chain, a blank and the next diff ID. */
  @Test
  void chainIdOfALayerNamesAllBelowIt() {
    Digest a = Digest.sha256("a");
    Digest b = Digest.sha256("b");
    Digest c = Digest.sha256("c");
    assertThat(Digest.chainId(List.of(a))).isEqualTo(a);
    assertThat(Digest.chainId(List.of(a, b))).isEqualTo(Digest.sha256(a + " " + b));
    assertThat(Digest.chainId(List.of(a, b, c)))
        .isEqualTo(Digest.sha256(Digest.sha256(a + " " + b) + " " + c));
  }
}
