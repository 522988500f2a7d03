// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerignoreTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          target            | target/a/B.class  | true
          target            | src/target        | false
          /target/          | target            | true
          **/target         | src/target/x      | true
          **/target         | target            | true
          *.md              | README.md         | true
          *.md              | docs/README.md    | false
          */*.md            | docs/README.md    | true
          **/*.md           | a/b/c/README.md   | true
          docs/**           | docs              | false
          docs/**           | docs/a/b          | true
          a?c               | abc               | true
          a?c               | a/c               | false
          [a-c]x            | bx                | true
          [^a-c]x           | bx                | false
          \\*.txt           | a.txt             | false
          \\*.txt           | *.txt             | true
          a**b              | a/x/b             | true
          **foo             | src/xfoo          | true
          ../x              | x                 | false
          ./x/../y          | y                 | true
          x.y               | xzy               | false
          """)
  void patternDecides(String pattern, String path, boolean excluded)
      throws DockerfileSyntaxException {
    assertThat(Dockerignore.parse(pattern).excludes(path)).isEqualTo(excluded);
  }

  /**
   * What looks like text may be a regular expression to patternmatcher, which leaves some marks in.
   */
  @Test
  void barInAPatternWithAStarMeansEither() throws DockerfileSyntaxException {
    assertThat(Dockerignore.parse("a|b*").excludes("zzzb")).isTrue();
    assertThat(Dockerignore.parse("a|b").excludes("zzzb")).isFalse();
  }

  @Test
  void lastPatternThatMatchesDecides() throws DockerfileSyntaxException {
    Dockerignore ignore = Dockerignore.parse("*\n!src\nsrc/gen\n!src/gen/keep\n# !README\n\n");
    assertThat(ignore.excludes("README")).isTrue();
    assertThat(ignore.excludes("src/a/b")).isFalse();
    assertThat(ignore.excludes("src/gen/x")).isTrue();
    assertThat(ignore.excludes("src/gen/keep/x")).isFalse();
    assertThat(ignore.patterns()).containsExactly("*", "!src", "src/gen", "!src/gen/keep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", " ! ", "[", "[]a]", "a[", "\\", "[a-]", "x*["})
  void malformedPatternIsAnErrorWithItsLine(String pattern) {
    assertThatThrownBy(() -> Dockerignore.parse("ok\n" + pattern + "\n"))
        .isInstanceOfSatisfying(
            DockerfileSyntaxException.class, e -> assertThat(e.line()).isEqualTo(2));
  }

  @Test
  void walkNeedNotGoWhereNothingCanBeTakenInAgain() throws DockerfileSyntaxException {
    IgnoreCursor root = Dockerignore.parse("a\nb\n!b/c/d\n").root();
    assertThat(root.isExcluded()).isFalse();
    assertThat(root.child("a").isExcluded()).isTrue();
    assertThat(root.child("a").mayContainIncluded()).isFalse();
    assertThat(root.child("b").mayContainIncluded()).isTrue();
    assertThat(root.child("b").child("x").mayContainIncluded()).isFalse();
    assertThat(root.child("b").child("c").child("d").isExcluded()).isFalse();
    assertThat(root.child("x").mayContainIncluded()).isTrue();
  }

  /** Docker's walk remembers only patterns that mattered for the folder; its answer is kept. */
  @Test
  void walkFollowsDockerWhereItsTwoAnswersDiffer() throws DockerfileSyntaxException {
    Dockerignore ignore = Dockerignore.parse("*/bar\n!foo\n");
    assertThat(ignore.excludes("foo/bar")).isFalse();
    assertThat(ignore.root().child("foo").child("bar").isExcluded()).isTrue();
  }

  @Test
  void hostilePatternsStayLinear() throws DockerfileSyntaxException {
    Dockerignore ignore = Dockerignore.parse("**/".repeat(100) + "x\n" + "*a".repeat(200) + "\n");
    assertThat(ignore.excludes("d/".repeat(100) + "y")).isFalse();
    assertThat(ignore.excludes("a".repeat(5_000) + "b")).isFalse();
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder path = new StringBuilder();
      random.ints(60, 0, 3).forEach(c -> path.append("ab/".charAt(c)));
      assertThat(ignore.excludes("x" + path)).isIn(true, false);
    }
  }

  @Test
  void patternsOfFlagsKeepTheirSlash() throws PatternException {
    assertThat(Dockerignore.of(List.of("/a")).excludes("a")).isFalse();
    assertThat(Dockerignore.of(List.of("#a")).excludes("#a")).isTrue();
    assertThat(Dockerignore.none().excludes("a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "*, abc, true", "*, a/b, false", "a*c, abbc, true", "a?c, abc, true", "?, /, false",
    "[a-c], b, true", "[^a-c], b, false", "a\\*, a*, true", "a*b*c, a1b2c, true", "*.go, .go, true",
    "a*/b, ax/b, true", "a*/b, a/x/b, false", "'', '', true", "*[^x]*y, ab/y, false"
  })
  void globMatchesAsGoDoes(String pattern, String name, boolean matches) throws PatternException {
    assertThat(GlobPattern.compile(pattern).matches(name)).isEqualTo(matches);
  }
}
