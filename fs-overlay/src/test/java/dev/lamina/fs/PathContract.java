// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths as values, and what they match. */
interface PathContract extends ContractFixture {

  private Path path(String text) {
    return root().getFileSystem().getPath(text);
  }

  @Test
  default void slashesAreCleanedAndDotsAreKept() {
    assertThat(path("a//b/").toString()).isEqualTo("a/b");
    assertThat(path("//a").toString()).isEqualTo("/a");
    assertThat(path("./a/..").toString()).isEqualTo("./a/..");
    assertThat(path("/").toString()).isEqualTo("/");
    assertThat(path("").toString()).isEmpty();
  }

  @Test
  default void partsAreJoined() {
    assertThat(root().getFileSystem().getPath("a", "b", "", "c/d")).isEqualTo(path("a/b/c/d"));
    assertThat(root().getFileSystem().getPath("", "/a").toString()).isEqualTo("/a");
    assertThat(root().getFileSystem().getPath("/", "a").toString()).isEqualTo("/a");
    assertThat(root().getFileSystem().getSeparator()).isEqualTo("/");
  }

  @Test
  default void namesAreCounted() {
    Path abc = path("/a/b/c");
    assertThat(abc.getNameCount()).isEqualTo(3);
    assertThat(abc.getName(1)).isEqualTo(path("b"));
    assertThat(abc.subpath(1, 3)).isEqualTo(path("b/c"));
    assertThat((Iterable<Path>) abc).hasSize(3);
    assertThat(path("/").getNameCount()).isZero();
    assertThat(path("").getNameCount()).isEqualTo(1);
    assertThatThrownBy(() -> abc.getName(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> abc.subpath(2, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void parentsAndRootsAreGiven() {
    assertThat(path("/a/b").getParent()).isEqualTo(path("/a"));
    assertThat(path("/a").getParent()).isEqualTo(path("/"));
    assertThat(path("/").getParent()).isNull();
    assertThat(path("a").getParent()).isNull();
    assertThat(path("/a").getRoot()).isEqualTo(path("/"));
    assertThat(path("a").getRoot()).isNull();
    assertThat(path("/").getFileName()).isNull();
    assertThat(path("/a/b").getFileName()).isEqualTo(path("b"));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/../b,/b",
    "/..,/",
    "a/..,''",
    "../a,../a",
    "a/../../b,../b",
    "./a/./b,a/b",
    "/a/b/../..,/"
  })
  default void normalizingRemovesDots(String from, String to) {
    assertThat(path(from).normalize()).isEqualTo(path(to));
  }

  @ParameterizedTest
  @CsvSource({"/a,b,/a/b", "/a,/b,/b", "a,'',a", "'',b,b", "/,b,/b", "a/b,../c,a/b/../c"})
  default void resolvingJoins(String from, String other, String to) {
    assertThat(path(from).resolve(path(other))).isEqualTo(path(to));
    assertThat(path(from).resolve(other)).isEqualTo(path(to));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b,/a/c,../c",
    "/a,/a,''",
    "/,/a/b,a/b",
    "a,b,../b",
    "/a/b,/,../..",
    "a/b,a/b/c/d,c/d"
  })
  default void relativizingFindsTheWay(String from, String to, String way) {
    assertThat(path(from).relativize(path(to))).isEqualTo(path(way));
  }

  @Test
  default void thereIsNoWayBetweenAbsoluteAndRelative() {
    assertThatThrownBy(() -> path("/a").relativize(path("b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void siblingsAreResolved() {
    assertThat(path("/a/b").resolveSibling("c")).isEqualTo(path("/a/c"));
    assertThat(path("a").resolveSibling("c")).isEqualTo(path("c"));
  }

  @Test
  default void beginningsAndEndsAreWholeNames() {
    assertThat(path("/a/bc").startsWith("/a")).isTrue();
    assertThat(path("/a/bc").startsWith("/a/b")).isFalse();
    assertThat(path("/a/bc").startsWith("a")).isFalse();
    assertThat(path("/a/bc").endsWith("bc")).isTrue();
    assertThat(path("/a/bc").endsWith("c")).isFalse();
    assertThat(path("/a/bc").endsWith("/a/bc")).isTrue();
    assertThat(path("/a/bc").endsWith("/bc")).isFalse();
    assertThat(path("/").startsWith("/")).isTrue();
  }

  @Test
  default void equalPathsAreEqual() {
    assertThat(path("a//b")).isEqualTo(path("a/b")).hasSameHashCodeAs(path("a/b"));
    assertThat(path("a/b")).isNotEqualTo(path("/a/b"));
    assertThat(path("a/./b")).isNotEqualTo(path("a/b"));
  }

  @Test
  default void orderIsThatOfTheBytes() {
    assertThat(path("a")).isLessThan(path("b"));
    assertThat(path("Z")).isLessThan(path("a"));
    assertThat(path("a")).isLessThan(path("a/b"));
    assertThat(path("z")).isLessThan(path("é"));
  }

  @Test
  default void pathsOfOtherFileSystemsAreRefused() throws IOException {
    Path zip = Files.createTempDirectory("lamina").resolve("x.zip");
    try (java.nio.file.FileSystem other =
        java.nio.file.FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      assertThatThrownBy(() -> path("/a").resolve(other.getPath("b")))
          .isInstanceOf(ProviderMismatchException.class);
      assertThat(path("/a").startsWith(other.getPath("/a"))).isFalse();
      assertThat(path("/a").equals(other.getPath("/a"))).isFalse();
      assertThat(Files.isSameFile(p("low"), other.getPath("/"))).isFalse();
    } finally {
      Files.deleteIfExists(zip);
      Files.delete(zip.getParent());
    }
  }

  @Test
  default void aPathLeadsThroughItsUri() {
    Path strange = p("a b%é");
    assertThat(root().getFileSystem().provider().getPath(strange.toUri())).isEqualTo(strange);
    assertThat(strange.toUri().getScheme())
        .isEqualTo(root().getFileSystem().provider().getScheme());
    assertThat(strange.toUri().toString()).endsWith("a%20b%25%C3%A9");
  }

  @Test
  default void anAbsolutePathIsItsOwn() {
    assertThat(p("a").toAbsolutePath()).isEqualTo(p("a"));
    assertThat(path("a").toAbsolutePath().isAbsolute()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "glob:*.java|A.java|true",
        "glob:*.java|a/A.java|false",
        "glob:**.java|a/A.java|true",
        "glob:a/**/c|a/b/b/c|true",
        "glob:a/**/c|a/c|false",
        "glob:?|é|true",
        "glob:{a,b}*|bcd|true",
        "glob:{a,b}*|cd|false",
        "glob:[a-c]x|bx|true",
        "glob:[a-c]x|dx|false",
        "glob:[!a-c]x|dx|true",
        "glob:[-x]|-|true",
        "glob:[]x]|]|false",
        "glob:a.b|axb|false",
        "glob:/a/*|/a/b|true",
        "GLOB:a|a|true",
        "regex:a+|aaa|true",
        "regex:a+|ba|false",
        "regex:.*/b|a/b|true"
      })
  default void patternsMatch(String pattern, String path, boolean matches) {
    PathMatcher matcher;
    try {
      matcher = root().getFileSystem().getPathMatcher(pattern);
    } catch (PatternSyntaxException e) {
      assertThat(matches).isFalse();
      return;
    }
    assertThat(matcher.matches(path(path))).isEqualTo(matches);
  }

  @Test
  default void wrongPatternsAreRefused() {
    for (String pattern : List.of("glob:{", "glob:[a", "glob:{a{b}}", "regex:(", "glob:\\")) {
      assertThatThrownBy(() -> root().getFileSystem().getPathMatcher(pattern))
          .as(pattern)
          .isInstanceOf(PatternSyntaxException.class);
    }
    assertThatThrownBy(() -> root().getFileSystem().getPathMatcher("*.java"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> root().getFileSystem().getPathMatcher("sql:x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
