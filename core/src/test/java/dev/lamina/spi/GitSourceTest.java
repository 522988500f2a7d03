// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GitSourceTest {

  @Test
  void whatIsFetchedIsWhatTheReferenceSays() throws StepException {
    assertThat(GitSource.parse("https://h/a.git?submodules=false&keep-git-dir=1#v1:/docs/"))
        .contains(new GitSource("https://h/a.git", "v1", "docs", "", Optional.of(true), false));
    assertThat(GitSource.parse("git@h:a?fetch-by-commit&checksum=abc#v1"))
        .contains(new GitSource("git@h:a", "abc", "", "abc", Optional.empty(), true));
  }

  @Test
  void aPathThatOnlyLooksLikeARepositoryIsAPath() throws StepException {
    assertThat(GitSource.parse("github.com/x/a")).isEmpty();
    assertThat(GitSource.parse("src/a.git")).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidWithoutThePassword() {
    assertThatThrownBy(() -> GitSource.parse("https://u:geheim@h/a.git?tag=a&branch=b"))
        .isInstanceOf(StepException.class)
        .hasMessage("branch conflicts with tag");
  }
}
