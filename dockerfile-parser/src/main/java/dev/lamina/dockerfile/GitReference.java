// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.Optional;

/**
 * A Git repository as ADD and a build context name it, and what of it is meant.
 *
 * <pre>{@code
 * GitReference.parse("https://example.com/shop.git#v1.2:docs");
 * GitReference.parse("git@example.com:shop.git?branch=main&subdir=docs&submodules=false");
 * }</pre>
 *
 * <p>The grammar is that of BuildKit: {@code URL#ref:subdir}, with the query parameters {@code
 * ref}, {@code tag}, {@code branch}, {@code subdir}, {@code checksum} (or {@code commit}), {@code
 * keep-git-dir}, {@code submodules}, {@code mtime} and {@code fetch-by-commit}. An address of HTTP
 * is a repository only if its path ends in {@code .git}.
 *
 * @param remote what to give to {@code git fetch}, without query and fragment
 * @param ref a commit, a branch, a tag or a full reference; empty: the remote's HEAD
 * @param subdir the folder inside the repository, as written; empty: all of it
 * @param checksum what the commit's id must begin with; empty: anything
 * @param keepGitDir whether {@code .git} is part of it, if that is said
 * @param submodules whether submodules are part of it, if that is said
 * @param mtime where files have their times from
 * @param fetchByCommit whether the checksum is the commit to fetch, and the reference only its name
 * @param resemblesPath whether it might as well be a path, as {@code github.com/…} is: ADD takes it
 *     for one
 */
public record GitReference(
    String remote,
    String ref,
    String subdir,
    String checksum,
    Optional<Boolean> keepGitDir,
    Optional<Boolean> submodules,
    Optional<Mtime> mtime,
    boolean fetchByCommit,
    boolean resemblesPath) {

  /** Where files have their times from. */
  public enum Mtime {
    /** When they were checked out. */
    CHECKOUT,
    /** When the commit was made. */
    COMMIT
  }

  /**
   * Returns the repository that a word names; empty if the word names something else.
   *
   * @throws IllegalArgumentException with BuildKit's words if it names one and a parameter is
   *     unknown, wrong, or says something else than another
   */
  public static Optional<GitReference> parse(String word) {
    return GitReferenceParser.parse(word);
  }

  /** Returns the repository's own name: {@code shop} for {@code https://example.com/shop.git}. */
  public String shortName() {
    String last = remote.substring(remote.lastIndexOf('/') + 1);
    return last.endsWith(".git") ? last.substring(0, last.length() - ".git".length()) : last;
  }

  /** Returns whether the repository's files come over the network as anyone can read them. */
  public boolean isUnencrypted() {
    return remote.startsWith("http://") || remote.startsWith("git://");
  }
}
