// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fetch;

import dev.lamina.context.BuildContext;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import dev.lamina.oci.Digest;
import dev.lamina.spi.Checkout;
import dev.lamina.spi.GitSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fetches Git repositories with the {@code git} program: each remote into a bare repository that is
 * kept, each commit into a folder of files. One object fetches a reference once.
 *
 * <p>Safe for use by several threads.
 */
public final class GitRepositories {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private final FetchFolder place;
  private final Map<String, Checkout> done = new HashMap<>();

  /** Makes repositories in a folder. */
  public GitRepositories(FetchFolder folder) {
    this.place = folder;
  }

  /**
   * Returns the files of a repository's commit.
   *
   * @throws FetchException if {@code git} is not there or fails, with what it said
   */
  public synchronized Checkout checkout(GitSource source, boolean keepGitDir)
      throws IOException, InterruptedException {
    String key = source + " " + keepGitDir;
    Checkout known = done.get(key);
    if (known == null) {
      known = fetch(source, keepGitDir);
      done.put(key, known);
    }
    return known;
  }

  private Checkout fetch(GitSource source, boolean keepGitDir)
      throws IOException, InterruptedException {
    requireSafe(source.remote());
    requireSafe(source.ref());
    Path folder = place.open();
    Path repository = folder.resolve(Digest.sha256(source.remote()).hex() + ".git");
    GitCommand git = new GitCommand(source.remote(), repository);
    if (!Files.exists(repository.resolve("HEAD"))) {
      Files.createDirectories(repository);
      git.run("init", "--quiet", "--bare");
    }
    String commit = commit(git, source);
    if (!source.checksum().isEmpty() && !commit.startsWith(source.checksum())) {
      throw new FetchException(
          source.remote() + ": expected commit " + source.checksum() + ", found " + commit);
    }
    String suffix = (keepGitDir ? "-git" : "") + (source.submodules() ? "-sub" : "");
    Path files = folder.resolve(commit + suffix);
    if (!Files.exists(files)) {
      checkOut(git, source, commit, keepGitDir, files);
    }
    FileTree tree = BuildContext.folder(files).tree(Set.of("/"));
    return new Checkout(subtree(tree, source), commit);
  }

  private static void requireSafe(String word) throws FetchException {
    if (word.startsWith("-")) {
      throw new FetchException("git: expected a name, found the option " + word);
    }
  }

  /** Fetches what the reference names and returns its commit. */
  private static String commit(GitCommand git, GitSource source)
      throws IOException, InterruptedException {
    String wanted = source.ref().isEmpty() ? "HEAD" : source.ref();
    if (!git.succeeds("fetch", "--quiet", "--depth=1", "--no-tags", source.remote(), wanted)) {
      if (COMMIT.matcher(wanted).matches()) { // a server need not give commits by their id
        git.run("fetch", "--quiet", "--no-tags", source.remote(), "+refs/*:refs/remotes/*");
        return git.output("rev-parse", "--verify", wanted + "^{commit}").strip();
      }
      git.run("fetch", "--quiet", "--no-tags", source.remote(), wanted);
    }
    return git.output("rev-parse", "--verify", "FETCH_HEAD^{commit}").strip();
  }

  private void checkOut(
      GitCommand git, GitSource source, String commit, boolean keepGitDir, Path target)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(place.open(), ".work");
    GitCommand inside = git.in(work);
    inside.run("init", "--quiet");
    inside.run("remote", "add", "origin", source.remote());
    inside.run(
        "fetch", "--quiet", "--no-tags", "--depth=1", git.repository().toUri().toString(), commit);
    inside.run("checkout", "--quiet", "FETCH_HEAD");
    if (source.submodules() && Files.exists(work.resolve(".gitmodules"))) {
      inside.run("submodule", "--quiet", "update", "--init", "--recursive", "--depth=1");
    }
    String time = inside.output("log", "-1", "--format=%ct").strip();
    FolderTimes.setAll(work, Long.parseLong(time), keepGitDir);
    Files.move(work, target);
  }

  private static FileTree subtree(FileTree tree, GitSource source) throws IOException {
    if (source.subdir().isEmpty()) {
      return tree;
    }
    try {
      return tree.subtree(TreePath.of(source.subdir()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new FetchException(
          source.remote() + ": no directory " + source.subdir() + " in the repository", e);
    }
  }
}
