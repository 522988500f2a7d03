// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReferenceTest {
  private static final String DIGEST = Digest.sha256("x").toString();

  @ParameterizedTest
  @CsvSource({
    "debian, docker.io/library/debian:latest, debian:latest",
    "debian:bookworm, docker.io/library/debian:bookworm, debian:bookworm",
    "library/debian, docker.io/library/debian:latest, debian:latest",
    "docker.io/debian, docker.io/library/debian:latest, debian:latest",
    "index.docker.io/debian, docker.io/library/debian:latest, debian:latest",
    "shop/app:1.4, docker.io/shop/app:1.4, shop/app:1.4",
    "docker.io/library/a/b, docker.io/library/a/b:latest, library/a/b:latest",
    "localhost/app, localhost/app:latest, localhost/app:latest",
    "localhost, docker.io/library/localhost:latest, localhost:latest",
    "localhost:5000, docker.io/library/localhost:5000, localhost:5000",
    "registry:5000/shop/app:1.4, registry:5000/shop/app:1.4, registry:5000/shop/app:1.4",
    "quay.io/a/b/c, quay.io/a/b/c:latest, quay.io/a/b/c:latest",
    "Registry/app, Registry/app:latest, Registry/app:latest",
    "[2001:db8::1]:5000/app, [2001:db8::1]:5000/app:latest, [2001:db8::1]:5000/app:latest",
    "127.0.0.1/a_b__c-d--e.f, 127.0.0.1/a_b__c-d--e.f:latest, 127.0.0.1/a_b__c-d--e.f:latest",
    "a:_x.-Y, docker.io/library/a:_x.-Y, a:_x.-Y",
    "host.example./app, , ",
  })
  void familiarAndFullForm(String text, String canonical, String familiar) {
    if (canonical == null) {
      assertThatThrownBy(() -> ImageReference.parse(text))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    assertThat(ImageReference.parse(text).canonical()).isEqualTo(canonical);
    assertThat(ImageReference.parse(text).familiar()).isEqualTo(familiar);
    assertThat(ImageReference.parse(canonical)).isEqualTo(ImageReference.parse(text));
  }

  @Test
  void digestPinsAndNoTagIsAdded() {
    ImageReference pinned = ImageReference.parse("debian@" + DIGEST);
    assertThat(pinned.tag()).isEmpty();
    assertThat(pinned.digest()).contains(Digest.parse(DIGEST));
    assertThat(pinned.canonical()).isEqualTo("docker.io/library/debian@" + DIGEST);
    assertThat(ImageReference.parse("debian:12@" + DIGEST).familiar())
        .isEqualTo("debian:12@" + DIGEST);
  }

  @Test
  void otherTagUnpins() {
    assertThat(ImageReference.parse("debian@" + DIGEST).withTag("12").familiar())
        .isEqualTo("debian:12");
  }

  static Stream<String> whatIsNoReference() {
    return Stream.of(
        "",
        " ",
        "Debian",
        "debian ",
        "debian:",
        "debian:-a",
        "debian:.a",
        "debian:" + "a".repeat(129),
        "debian@",
        "debian@sha256:abc",
        "debian@sha256:" + "A".repeat(64),
        "debian@sha384:" + "a".repeat(64),
        "debian@sha512:" + "a".repeat(64),
        "debian@sha224:" + "a".repeat(56),
        "debian@md5:" + "a".repeat(32),
        "debian@" + DIGEST + "0",
        "debian@" + DIGEST + ":tag",
        "-debian",
        "debian-",
        "a..b",
        "a___b",
        "a._b",
        "a//b",
        "/a",
        "a/",
        "a/B",
        "host:x/a",
        "host:5000/",
        "-host.org/a",
        "[::1/a",
        "[::1%25eth0]:80/a",
        "http://host/a",
        "a\n",
        "aé",
        "../a",
        "a/../b",
        "a:b:c",
        "0".repeat(64),
        "quay.io/" + "a/".repeat(127) + "aa");
  }

  @ParameterizedTest
  @MethodSource("whatIsNoReference")
  void nothingElseIsAReference(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image reference");
  }

  @Test
  void pathOf255CharactersIsTheLongest() {
    String path = "a/".repeat(127) + "a";
    assertThat(ImageReference.parse("quay.io/" + path).path()).hasSize(255);
  }

  /**
   * The grammar of distribution/reference written down a second time, as one expression; random
   * texts over the characters that matter must be understood the same way by both.
   */
  @Test
  void parserAgreesWithTheGrammarOnRandomTexts() {
    String label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    String domain = "(?:" + label + "(?:\\." + label + ")*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?";
    String component = "[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*";
    Pattern grammar =
        Pattern.compile(
            domain
                + "/"
                + component
                + "(?:/"
                + component
                + ")*"
                + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?");
    Random random = new Random(20261124);
    String alphabet = "aaab0._-:/@A[]";
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(12);
      for (int j = 0; j < length; j++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      if (random.nextInt(8) == 0) {
        text.append('@').append(DIGEST);
      }
      boolean expected = isReference(grammar, text.toString());
      assertThat(parses(text.toString())).as(text.toString()).isEqualTo(expected);
      accepted += expected ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(5_000);
  }

  @Test
  void everyReferenceIsReadBackFromBothItsForms() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      ImageReference reference = ImageReference.parse(randomReference(random));
      assertThat(ImageReference.parse(reference.canonical())).isEqualTo(reference);
      assertThat(ImageReference.parse(reference.familiar())).isEqualTo(reference);
    }
  }

  private static boolean isReference(Pattern grammar, String text) {
    int slash = text.indexOf('/');
    String first = slash < 0 ? "" : text.substring(0, slash);
    boolean hasDomain =
        slash >= 0
            && (first.equals("localhost")
                || first.contains(".")
                || first.contains(":")
                || !first.toLowerCase(Locale.ROOT).equals(first));
    String full = hasDomain ? text : "docker.io/" + (slash < 0 ? "library/" : "") + text;
    return grammar.matcher(full).matches();
  }

  private static boolean parses(String text) {
    try {
      return ImageReference.parse(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String randomReference(Random random) {
    StringBuilder text = new StringBuilder();
    String[] domains = {
      "", "", "localhost/", "quay.io/", "r:5000/", "[::1]:80/", "Host/", "library/"
    };
    text.append(domains[random.nextInt(domains.length)]);
    int components = 1 + random.nextInt(3);
    String[] separators = {".", "_", "__", "-", "---"};
    for (int c = 0; c < components; c++) {
      text.append(c == 0 ? "" : "/").append((char) ('a' + random.nextInt(26)));
      if (random.nextBoolean()) {
        text.append(separators[random.nextInt(separators.length)]).append(random.nextInt(100));
      }
    }
    if (random.nextBoolean()) {
      text.append(":v").append(random.nextInt(10)).append(random.nextBoolean() ? "-A_.x" : "");
    }
    return switch (random.nextInt(12)) {
      case 0 -> text + "@" + DIGEST;
      case 1 -> text + "@sha384:" + "0123456789abcdef".repeat(6);
      case 2 -> text + "@sha512:" + "0123456789abcdef".repeat(8);
      default -> text.toString();
    };
  }
}
