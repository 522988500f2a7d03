// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fetch.Downloads;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.spi.Checkout;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.RemoteFile;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.StepFiles;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that a step takes from, all of them there. */
final class StepSources implements StepFiles {
  private final Map<FileSource, StageState> states;
  private final Downloads downloads;
  private final GitRepositories repositories;

  StepSources(
      Map<FileSource, StageState> states, Downloads downloads, GitRepositories repositories) {
    this.states = Map.copyOf(states);
    this.downloads = downloads;
    this.repositories = repositories;
  }

  @Override
  public FileTree tree(FileSource source) throws IOException, InterruptedException {
    return state(source).tree().get();
  }

  /** Returns the files as a process can be given them. */
  RootFs root(FileSource source) throws IOException, InterruptedException {
    StageState state = state(source);
    FileTree tree = state.tree().get();
    Changes pending = state.layers().isEmpty() ? tree.diff(FileTree.empty()) : Changes.none();
    return new RootFs(tree, state.layers(), pending);
  }

  /** Returns what names the layers of each source that has some, in the order of their names. */
  List<String> chains() {
    List<String> chains = new ArrayList<>();
    for (Map.Entry<FileSource, StageState> source : states.entrySet()) {
      if (!source.getValue().layers().isEmpty()) {
        chains.add(source.getKey().name() + " " + source.getValue().chain());
      }
    }
    Collections.sort(chains);
    return chains;
  }

  /**
   * Returns what tells the files of the sources that have no layers from others, in the order of
   * their names.
   *
   * @param before when files must have been changed last
   */
  Optional<List<String>> versions(Instant before) throws IOException, InterruptedException {
    List<String> versions = new ArrayList<>();
    for (Map.Entry<FileSource, StageState> source : states.entrySet()) {
      if (source.getValue().layers().isEmpty()) {
        Optional<String> version = source.getValue().tree().version(before);
        if (version.isEmpty()) {
          return Optional.empty();
        }
        versions.add(source.getKey().name() + " " + version.get());
      }
    }
    Collections.sort(versions);
    return Optional.of(versions);
  }

  private StageState state(FileSource source) {
    StageState state = states.get(source);
    if (state == null) {
      throw new IllegalArgumentException(source.name() + ": not a source of this step");
    }
    return state;
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
