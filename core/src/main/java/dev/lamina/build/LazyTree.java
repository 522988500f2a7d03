// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.VersionedTree;
import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import javax.annotation.Nullable;

/** Files that are put together when they are first asked for. Safe for use by several threads. */
final class LazyTree {

  /** Puts files together. */
  interface Maker {
    VersionedTree make() throws IOException, InterruptedException;
  }

  private @Nullable Maker maker;
  private @Nullable VersionedTree made;
  private @Nullable FileTree tree;
  private boolean versionIsKnown;
  private Optional<String> version = Optional.empty();

  private LazyTree(@Nullable Maker maker, @Nullable VersionedTree made) {
    this.maker = maker;
    this.made = made;
  }

  static LazyTree of(Maker maker) {
    return new LazyTree(maker, null);
  }

  static LazyTree of(FileTree tree) {
    return new LazyTree(null, VersionedTree.of(tree));
  }

  /**
   * Returns what tells the files from others, if anything does.
   *
   * @param before when files must have been changed last, the first time this is asked
   */
  synchronized Optional<String> version(Instant before) throws IOException, InterruptedException {
    if (!versionIsKnown) {
      version = made().version(before);
      versionIsKnown = true;
    }
    return version;
  }

  synchronized FileTree get() throws IOException, InterruptedException {
    FileTree known = tree;
    if (known == null) {
      known = made().tree();
      tree = known;
    }
    return known;
  }

  private VersionedTree made() throws IOException, InterruptedException {
    VersionedTree known = made;
    if (known == null && maker != null) {
      known = maker.make();
      made = known;
      maker = null; // what it was made of is not needed any more
    }
    if (known == null) {
      throw new IllegalStateException("no tree and nothing to make it of");
    }
    return known;
  }
}
