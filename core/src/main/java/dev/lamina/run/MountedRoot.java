// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.spi.RunException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.annotation.Nullable;

/**
 * A session's root, mounted: what it holds beyond the lower directories can be read, and changed
 * from outside, while processes are in it. Safe for use by several threads.
 */
final class MountedRoot implements Closeable {
  private static final int READS = 5;

  /** What comes before a command that is the first process of name spaces of its own. */
  static final List<String> NAME_SPACES =
      List.of(
          "unshare",
          "--mount",
          "--propagation",
          "private",
          "--pid",
          "--fork",
          "--kill-child",
          "--mount-proc",
          "--");

  private final Supervisor supervisor;
  private final Identity identity;
  private final ToolRoot toolRoot;
  private final Path directory;
  private final FileTree base;
  private final RootKind kind;
  private final UpperReader reader;
  private final UpperReader liveReader;
  private int applied; // guarded by this
  private @Nullable Path tools; // guarded by this

  private MountedRoot(
      Supervisor supervisor,
      Identity identity,
      ToolRoot toolRoot,
      Path directory,
      FileTree base,
      RootKind kind,
      UpperReader reader,
      UpperReader liveReader) {
    this.supervisor = supervisor;
    this.identity = identity;
    this.toolRoot = toolRoot;
    this.directory = directory;
    this.base = base;
    this.kind = kind;
    this.reader = reader;
    this.liveReader = liveReader;
  }

  /**
   * Mounts a root.
   *
   * @param workspace the folder that all directories are in
   * @param directory the session's, with {@code ns}, {@code work} and {@code upper} in it; with
   *     {@link RootKind#COPY} {@code upper} already holds everything
   * @param options more options for the mount
   * @param base what the lower directories hold together
   * @param topDown the lower directories, the highest first; none for {@link RootKind#COPY}
   * @param runtime the program that ends containers, or {@code none}
   */
  static MountedRoot mount(
      Identity identity,
      ToolRoot toolRoot,
      RootKind kind,
      Path workspace,
      Path directory,
      String options,
      FileTree base,
      List<Path> topDown,
      String runtime)
      throws IOException {
    Path upper = directory.resolve("upper");
    // What a copy holds before any process ran is remembered, so it is read before it is mounted.
    CopyStamps stamps = kind == RootKind.COPY ? CopyStamps.of(upper) : CopyStamps.NONE;
    Supervisor supervisor =
        Supervisor.start(
            identity.inside(NAME_SPACES),
            !identity.isHostRoot(),
            SessionScript.text(),
            List.of(
                directory.toString(),
                runtime,
                kind.word(),
                options,
                kind == RootKind.FUSE ? relative(topDown, workspace) : link(topDown, directory)));
    UpperReader byTar = new TarUpperReader(identity, directory.resolve("upper.tar"));
    UpperReader reader =
        identity.isHostRoot()
            ? new DirectUpperReader(new TarCapabilities(supervisor, directory.resolve("ns")))
            : byTar;
    return new MountedRoot(
        supervisor,
        identity,
        toolRoot,
        directory,
        base,
        kind,
        reader(kind, reader, stamps),
        reader(kind, byTar, stamps));
  }

  private static UpperReader reader(RootKind kind, UpperReader reader, CopyStamps stamps) {
    return switch (kind) {
      case OVERLAY -> reader;
      case FUSE -> new FuseReader(reader);
      case COPY -> new CopyReader(reader, stamps);
    };
  }

  private static String relative(List<Path> topDown, Path workspace) {
    return topDown.stream()
        .map(lower -> workspace.relativize(lower).toString())
        .collect(Collectors.joining(":"));
  }

  /** Gives the directories short names, and returns those of the lower ones. */
  private static String link(List<Path> topDown, Path directory) throws IOException {
    Path links = directory.resolve("links");
    if (Files.isDirectory(links)) {
      return names(topDown.size()); // another way to mount was tried before
    }
    Files.createDirectory(links);
    Files.createSymbolicLink(links.resolve("u"), Path.of("../upper"));
    Files.createSymbolicLink(links.resolve("w"), Path.of("../work"));
    for (int i = 0; i < topDown.size(); i++) {
      Files.createSymbolicLink(links.resolve(Integer.toString(i)), topDown.get(i));
    }
    return names(topDown.size());
  }

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(":"));
  }

  /** Returns the helper that holds the mounts. */
  Supervisor supervisor() {
    return supervisor;
  }

  /** Returns as whom processes run in it. */
  Identity identity() {
    return identity;
  }

  /** Returns how the root got its writable top. */
  RootKind kind() {
    return kind;
  }

  /** Returns the small root of the host's programs, in which this root is {@code /r}. */
  synchronized Path tools() throws IOException {
    Path made = tools;
    if (made == null) {
      made = toolRoot.make(supervisor, directory.resolve("ns"));
      tools = made;
    }
    return made;
  }

  /**
   * Returns what differs from the base. A process that writes meanwhile may be seen half way; one
   * that removes a file under the reader's eyes makes it begin again.
   *
   * @param still whether no process runs: else a link could be put in the place of a directory
   *     while Java walks into it
   */
  Changes changes(boolean still) throws IOException {
    IOException failure = new RunException("unread");
    for (int i = 0; i < READS; i++) {
      try {
        return (still ? reader : liveReader).read(directory.resolve("upper"), base);
      } catch (NoSuchFileException | RunException e) {
        failure = e;
      } catch (UncheckedIOException e) {
        failure = e.getCause();
      }
    }
    throw failure;
  }

  /**
   * Lays changes over the root.
   *
   * @param before what the root holds now, as far as is known
   */
  synchronized void apply(Changes changes, FileTree before) throws IOException {
    FileTree after = before.apply(changes);
    Changes difference = after.diff(before);
    if (difference.isEmpty()) {
      return;
    }
    applied++;
    Path removals = directory.resolve("apply" + applied + ".rm");
    Path tar = directory.resolve("apply" + applied + ".tar");
    try {
      // Everything is written down first: contents may be those of files about to be removed.
      Files.write(removals, LiveTar.removals(difference, before));
      try (var out = new java.io.BufferedOutputStream(Files.newOutputStream(tar))) {
        LiveTar.write(difference, after, identity.isHostRoot(), out);
      }
      toolRoot.apply(supervisor, tools(), removals, tar, !identity.isSingle());
    } finally {
      Files.deleteIfExists(removals);
      Files.deleteIfExists(tar);
    }
  }

  @Override
  public void close() throws IOException {
    supervisor.close();
  }
}
