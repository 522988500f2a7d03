// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.FileNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes two keys differ. */
class CacheKeyTest {
  private static String key(String... texts) {
    return CacheKey.of(
            List.of(), List.of(texts).stream().map(text -> new CacheInput("file", text)).toList())
        .digest();
  }

  private static String name(int... bytes) {
    StringBuilder latin = new StringBuilder();
    for (int each : bytes) {
      latin.append((char) each);
    }
    return FileNames.decode(latin.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void namesThatAreNotUtf8HaveKeysOfTheirOwn() {
    assertThat(key(name('a', 0x80))).isNotEqualTo(key(name('a', 0x81)));
    assertThat(key(name('a', 0xff))).isNotEqualTo(key("a\ufffd"));
  }

  @Test
  void whereOneInputEndsCounts() {
    assertThat(key("ab", "c")).isNotEqualTo(key("a", "bc"));
  }

  /**
   * {@code printf '8:\\0f\\0i\\0l\\0e6:\\0h\\0\\xe9\\x20\\xac' | sha256sum}: UTF-16, big-endian.
   */
  @Test
  void keyIsThatOfEarlierVersions() {
    assertThat(key("h\u00e9\u20ac"))
        .isEqualTo("b90c3af4f40a6f8df704fe42b5a78cf489e34b483a6fd133e84af6d7698987c8");
  }
}
