// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Two changes of one tree, made one.
 *
 * <pre>{@code
 * Merge merge = Merge.of(base, ours, theirs);
 * merge.conflicts().forEach(System.out::println);   // BOTH_CHANGED /etc/passwd
 * FileTree both = merge.tree();                     // in a conflict, ours is what counts
 * }</pre>
 *
 * <p>What only one side changed is taken from it. If both changed a file, its content and its
 * attributes are looked at apart: one may come from ours, the other from theirs. Of two times of
 * modification the later one is taken; they are no conflict, for those of directories change with
 * everything in them. Where both put the same, there is no conflict either. Files with several
 * names are merged as a whole, never by parts.
 *
 * <p>If there are no conflicts, it doesn't matter which side is called ours. The cost is that of
 * the changes, not of the tree.
 *
 * @param tree the base with both changes
 * @param conflicts where both sides changed the same in different ways, in the order of a walk
 */
public record Merge(FileTree tree, List<Conflict> conflicts) {
  /** Copies the list. */
  public Merge {
    conflicts = List.copyOf(conflicts);
  }

  /**
   * Merges two changes of one tree.
   *
   * @throws java.nio.file.FileSystemException if one of them can't be applied, see {@link
   *     FileTree#apply}
   */
  public static Merge of(FileTree base, Changes ours, Changes theirs) throws IOException {
    return of(base, base.apply(ours), base.apply(theirs));
  }

  /** Merges two trees that were made of {@code base}. */
  public static Merge of(FileTree base, FileTree ours, FileTree theirs) throws IOException {
    return new TreeMerge(base, ours, theirs).merge();
  }

  /** Returns whether everything could be merged. */
  public boolean isClean() {
    return conflicts.isEmpty();
  }

  /**
   * A path that both sides changed in ways that don't go together.
   *
   * @param path where
   * @param kind in what way
   * @param base what was there, if anything
   * @param ours what our side has there, if anything
   * @param theirs what the other side has there, if anything
   */
  public record Conflict(
      TreePath path, Kind kind, Optional<Node> base, Optional<Node> ours, Optional<Node> theirs) {

    /** Returns kind and path. */
    @Override
    public String toString() {
      return kind + " " + path;
    }
  }

  /** How two changes don't go together. */
  public enum Kind {
    /** Both made something new there, and not the same. */
    BOTH_ADDED,
    /** Both changed the content or the kind. */
    BOTH_CHANGED,
    /** Both changed mode, owner or extended attributes. */
    BOTH_CHANGED_ATTRIBUTES,
    /** One changed it, the other deleted it, or a directory above it. */
    CHANGED_AND_DELETED
  }
}
