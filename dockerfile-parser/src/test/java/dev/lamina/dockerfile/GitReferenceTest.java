// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitReferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://h/a.git                    | https://h/a.git     |                |",
        "http://h:80/x/a.git#main           | http://h:80/x/a.git | main           |",
        "HTTPS://H/a.git#main               | https://H/a.git     | main           |",
        "https://u:p@h/a.git#v1:docs        | https://u:p@h/a.git | v1             | docs",
        "https://h/a.git#v1:/x/../docs/     | https://h/a.git     | v1             | docs",
        "https://h/a.git#:docs              | https://h/a.git     |                | docs",
        "https://h/a.git#feature%2Fx        | https://h/a.git     | feature/x      |",
        "https://h/a%20b.git                | https://h/a%20b.git |                |",
        "'https://h/a b.git'                | https://h/a%20b.git |                |",
        "https://h/é.git                    | https://h/%C3%A9.git |               |",
        "git://h/a                          | git://h/a           |                |",
        "ssh://git@h:22/a#x                 | ssh://git@h:22/a    | x              |",
        "git@h:x/a                          | git@h:x/a           |                |",
        "git@h:x/a.git#v1?not:here          | git@h:x/a.git       | v1?not         | here",
        "git@h:x/a.git?subdir=/d#v1         | git@h:x/a.git       | v1             | /d",
        "github.com/x/a#v1:d                | github.com/x/a      | v1             | d",
        "https://h/a.git?ref=v1&subdir=d    | https://h/a.git     | v1             | d",
        "https://h/a.git?ref=v1#v1          | https://h/a.git     | v1             |",
        "https://h/a.git?tag=v1             | https://h/a.git     | refs/tags/v1   |",
        "https://h/a.git?tag=refs/tags/v1   | https://h/a.git     | refs/tags/v1   |",
        "https://h/a.git?branch=b+c         | https://h/a.git     | refs/heads/b c |",
        "https://h/a.git?branch=main&x;y=1  | https://h/a.git     | refs/heads/main |",
      })
  void aRepositoryIsNamed(String word, String remote, String ref, String subdir) {
    GitReference git = GitReference.parse(word).orElseThrow();

    assertThat(git.remote()).isEqualTo(remote);
    assertThat(git.ref()).isEqualTo(ref == null ? "" : ref);
    assertThat(git.subdir()).isEqualTo(subdir == null ? "" : subdir);
    assertThat(git.resemblesPath()).isEqualTo(word.startsWith("github.com/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h/",
        "https://h/a",
        "https://h/a.git/",
        "https://h/a.git.bar",
        "http://h/a.git:#branch",
        "https://h:x/a.git",
        "https://h h/a.git",
        "https://h/%zz.git",
        "https://h/a.git\u0007",
        "https://h/a.git#%",
        "ftp://h/a.git",
        "example.com/a.git",
        "./git@h:a",
        "../git@h:a",
        ".git",
        "a b@h:x",
        "git@h/x",
        "git@:x",
        "@h:x",
        "git@h:x?a=%",
        "dir/github.com/a",
        "",
      })
  void otherWordsAreNoRepositories(String word) {
    assertThat(GitReference.parse(word)).isEmpty();
  }

  @Test
  void parametersSayWhatIsWanted() {
    GitReference git =
        GitReference.parse(
                "https://h/a.git?checksum=abc&keep-git-dir&submodules=0&mtime=commit"
                    + "&fetch-by-commit=true#v1")
            .orElseThrow();

    assertThat(git)
        .isEqualTo(
            new GitReference(
                "https://h/a.git",
                "v1",
                "",
                "abc",
                Optional.of(true),
                Optional.of(false),
                Optional.of(GitReference.Mtime.COMMIT),
                true,
                false));
  }

  @Test
  void aRepositoryHasANameOfItsOwn() {
    assertThat(GitReference.parse("git@h:x/shop.git").orElseThrow().shortName()).isEqualTo("shop");
    assertThat(GitReference.parse("git://h/shop").orElseThrow().isUnencrypted()).isTrue();
    assertThat(GitReference.parse("https://h/shop.git").orElseThrow().isUnencrypted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?ref=v1#v2                | ref conflicts: \"v2\" vs \"v1\"",
        "?ref=v1&tag=v1            | ref conflicts: \"v1\" vs \"refs/tags/v1\"",
        "?tag=v1&branch=v1         | branch conflicts with tag",
        "?branch=a#b               | ref conflicts: \"b\" vs \"refs/heads/a\"",
        "?subdir=a#:b              | subdir conflicts: \"b\" vs \"a\"",
        "?ref=a&ref=b              | query \"ref\" has multiple values",
        "?ref                      | query \"ref\" has no value",
        "?tag=                     | query \"tag\" has no value",
        "?other=1                  | unexpected query \"other\"",
        "?mtime=now                | invalid mtime value: \"now\" (must be \"checkout\" or"
            + " \"commit\")",
        "?submodules=maybe         | invalid submodules value: \"maybe\"",
        "?fetch-by-commit=2        | invalid fetch-by-commit value: \"2\"",
      })
  void parametersThatAreWrongAreRefused(String parameters, String problem) {
    assertThatThrownBy(() -> GitReference.parse("https://h/a.git" + parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }
}
