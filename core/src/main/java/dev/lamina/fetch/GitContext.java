// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fetch;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.spi.GitSource;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a Git repository as a build context. As with {@code docker build}, a {@code
 * .dockerignore} among them leaves nothing out.
 *
 * @param repositories what fetches them, once
 * @param source which repository, commit and folder
 * @param ignore what to leave out
 */
public record GitContext(GitRepositories repositories, GitSource source, Dockerignore ignore)
    implements BuildContext {

  /** Makes the context of a repository with nothing left out. */
  public GitContext(GitRepositories repositories, GitSource source) {
    this(repositories, source, Dockerignore.none());
  }

  private BuildContext files() throws IOException, InterruptedException {
    boolean keepGitDir = source.keepGitDir().orElse(false);
    return BuildContext.of(repositories.checkout(source, keepGitDir).files()).withIgnore(ignore);
  }

  @Override
  public FileTree tree(Set<String> needed) throws IOException, InterruptedException {
    return files().tree(needed);
  }

  @Override
  public Optional<Content> file(String path) throws IOException, InterruptedException {
    return files().file(path);
  }

  @Override
  public BuildContext withIgnore(Dockerignore rules) {
    return new GitContext(repositories, source, rules);
  }
}
