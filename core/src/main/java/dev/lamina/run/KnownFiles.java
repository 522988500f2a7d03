// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a container's files before a process changed them. Times of a service's tar are
 * whole seconds; a file that is in it with the attributes it had keeps what is known of them.
 *
 * @param tree the files
 * @param retimed directories that the service itself gives another time
 */
record KnownFiles(FileTree tree, Set<TreePath> retimed) {
  KnownFiles {
    retimed = Set.copyOf(retimed);
  }

  /**
   * What a service's tar shows of a file without its bytes: two names that look alike may be those
   * of one file.
   */
  record Look(Metadata metadata, long size) {
    static Look of(Node.File file) {
      return new Look(seen(file.metadata()), file.size());
    }
  }

  /** Tells whether there was anything at a path. */
  boolean has(TreePath path) {
    return tree.node(path).isPresent();
  }

  /** Tells whether there was a directory at a path. */
  boolean hasDirectory(TreePath path) {
    return tree.node(path).filter(Node.Directory.class::isInstance).isPresent();
  }

  /** Returns the change that makes a path what a service's tar has there. */
  Change change(StreamedFiles.Entry entry) {
    if (entry.node().isEmpty()) {
      return new Change.Link(entry.path(), entry.linkTarget());
    }
    Node node = entry.node().get();
    Optional<Node> old = tree.node(entry.path());
    if (old.isPresent() && isAsBefore(entry.path(), old.get().metadata(), node.metadata())) {
      return new Change.Put(entry.path(), node.withMetadata(old.get().metadata()));
    }
    return new Change.Put(entry.path(), node);
  }

  private boolean isAsBefore(TreePath path, Metadata old, Metadata now) {
    Metadata compared = retimed.contains(path) ? now.withMtime(old.mtime()) : now;
    return seen(old).equals(seen(compared));
  }

  private static Metadata seen(Metadata metadata) {
    Optional<byte[]> capability = metadata.xattrs().get(CapabilityReader.XATTR);
    Xattrs xattrs = Xattrs.empty();
    return metadata
        .withXattrs(
            capability.map(value -> xattrs.with(CapabilityReader.XATTR, value)).orElse(xattrs))
        .withMtime(metadata.mtime().truncatedTo(ChronoUnit.SECONDS));
  }
}
