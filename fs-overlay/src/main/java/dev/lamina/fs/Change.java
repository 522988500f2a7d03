// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/**
 * One thing a layer says about the tree below it.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Change {
  /** Returns what it is about. */
  TreePath path();

  /** Returns what {@code visitor} makes of this kind of change. */
  <T> T accept(Visitor<T> visitor);

  /**
   * Something is at a path. A directory where a directory is gives it its attributes, and the
   * children stay; anything else takes the place of what was there.
   *
   * @param path where
   * @param node what; a directory stands for itself, its children are left out
   */
  record Put(TreePath path, Node node) implements Change {
    /** Leaves the children of a directory out. */
    public Put {
      if (node instanceof Node.Directory directory && directory.size() > 0) {
        node = Node.directory(directory.metadata());
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.put(this);
    }

    @Override
    public String toString() {
      return "put " + path + " " + node;
    }
  }

  /**
   * A path is one more name of what is at another (a hard link).
   *
   * @param path the new name; what was there is replaced
   * @param target the other name, below or put earlier in the same layer
   */
  record Link(TreePath path, TreePath target) implements Change {
    /** Refuses the root, which has one name. */
    public Link {
      if (path.isRoot() || target.isRoot()) {
        throw new IllegalArgumentException("hard link " + path + " to " + target + ": the root");
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.link(this);
    }

    @Override
    public String toString() {
      return "link " + path + " to " + target;
    }
  }

  /**
   * What the trees below have at a path, with all its children, is gone (a whiteout). It says
   * nothing about what the same layer puts there.
   *
   * @param path where
   */
  record Remove(TreePath path) implements Change {
    /** Refuses the root. */
    public Remove {
      if (path.isRoot()) {
        throw new IllegalArgumentException("the root cannot be removed");
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.remove(this);
    }

    @Override
    public String toString() {
      return "remove " + path;
    }
  }

  /**
   * The path is a directory, and of the children it has in the trees below none is left (an opaque
   * whiteout). It says nothing about what the same layer puts into it.
   *
   * @param path where
   */
  record Clear(TreePath path) implements Change {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.clear(this);
    }

    @Override
    public String toString() {
      return "clear " + path;
    }
  }

  /**
   * One method for each kind of change.
   *
   * @param <T> what the methods return
   */
  interface Visitor<T> {
    /** Visits something that is put. */
    T put(Put put);

    /** Visits a hard link. */
    T link(Link link);

    /** Visits a whiteout. */
    T remove(Remove remove);

    /** Visits an opaque whiteout. */
    T clear(Clear clear);
  }
}
