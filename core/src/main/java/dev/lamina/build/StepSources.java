// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fetch.Downloads;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.fs.FileTree;
import dev.lamina.spi.Checkout;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.RemoteFile;
import dev.lamina.spi.StepFiles;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** The files that a step takes from, all of them there. */
final class StepSources implements StepFiles {
  private final Map<FileSource, LazyTree> trees;
  private final Downloads downloads;
  private final GitRepositories repositories;

  StepSources(Map<FileSource, LazyTree> trees, Downloads downloads, GitRepositories repositories) {
    this.trees = Map.copyOf(trees);
    this.downloads = downloads;
    this.repositories = repositories;
  }

  @Override
  public FileTree tree(FileSource source) throws IOException {
    LazyTree tree = trees.get(source);
    if (tree == null) {
      throw new IllegalArgumentException(source.name() + ": not a source of this step");
    }
    return tree.get();
  }

  @Override
  public RemoteFile fetch(URI url) throws IOException, InterruptedException {
    return downloads.fetch(url);
  }

  @Override
  public Checkout checkout(GitSource source, boolean keepGitDir)
      throws IOException, InterruptedException {
    return repositories.checkout(source, keepGitDir);
  }
}
