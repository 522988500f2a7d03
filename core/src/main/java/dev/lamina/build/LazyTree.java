// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import javax.annotation.Nullable;

/** Files that are put together when they are first asked for. Safe for use by several threads. */
final class LazyTree {

  /** Puts files together. */
  interface Maker {
    FileTree make() throws IOException, InterruptedException;
  }

  private @Nullable Maker maker;
  private @Nullable FileTree tree;
  private boolean versionIsKnown;
  private Optional<String> version = Optional.empty();

  private LazyTree(@Nullable Maker maker, @Nullable FileTree tree) {
    this.maker = maker;
    this.tree = tree;
  }

  static LazyTree of(Maker maker) {
    return new LazyTree(maker, null);
  }

  static LazyTree of(FileTree tree) {
    return new LazyTree(null, tree);
  }

  /**
   * Returns what tells the files from others, as {@link TreeVersion} does.
   *
   * @param before when files must have been changed last, the first time this is asked
   */
  synchronized Optional<String> version(Instant before) throws IOException, InterruptedException {
    if (!versionIsKnown) {
      version = TreeVersion.of(get(), before);
      versionIsKnown = true;
    }
    return version;
  }

  synchronized FileTree get() throws IOException, InterruptedException {
    FileTree made = tree;
    if (made == null && maker != null) {
      made = maker.make();
      tree = made;
      maker = null; // what it was made of is not needed any more
    }
    if (made == null) {
      throw new IllegalStateException("no tree and nothing to make it of");
    }
    return made;
  }
}
