// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.dockerfile.GitReference;
import dev.lamina.path.SlashPath;
import java.util.Optional;

/**
 * A Git repository as ADD or a build context names it: {@code URL#ref:subdir} or {@code
 * URL?ref=…&subdir=…&checksum=…&keep-git-dir=…&submodules=…}.
 *
 * @param remote what to give to {@code git fetch}
 * @param ref a branch, a tag, a full reference or a commit; {@code ""} for the remote's HEAD
 * @param subdir the folder inside the repository that is meant; {@code ""} for all of it
 * @param checksum what the commit's id must start with; {@code ""} for anything
 * @param keepGitDir whether {@code .git} is part of it, if the name says so
 * @param submodules whether submodules are part of it
 */
public record GitSource(
    String remote,
    String ref,
    String subdir,
    String checksum,
    Optional<Boolean> keepGitDir,
    boolean submodules) {

  /**
   * Returns the repository a word names; empty if it names something else. What might as well be a
   * path, {@code github.com/…}, is one.
   *
   * @throws StepException if it names one with options that are wrong
   */
  public static Optional<GitSource> parse(String word) throws StepException {
    try {
      return GitReference.parse(word).filter(git -> !git.resemblesPath()).map(GitSource::of);
    } catch (IllegalArgumentException e) {
      throw new StepException(
          String.valueOf(e.getMessage())); // without the word: it may hold a password
    }
  }

  private static GitSource of(GitReference git) {
    boolean byCommit = git.fetchByCommit() && !git.checksum().isEmpty();
    return new GitSource(
        git.remote(),
        byCommit ? git.checksum() : git.ref(),
        SlashPath.absolute(git.subdir()).substring(1),
        git.checksum(),
        git.keepGitDir(),
        git.submodules().orElse(true));
  }

  /** Returns this with what the commit's id must start with. */
  public GitSource withChecksum(String commit) {
    return new GitSource(remote, ref, subdir, commit, keepGitDir, submodules);
  }
}
