// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import java.util.List;
import java.util.Optional;

/**
 * The files and attributes that fuse-overlayfs keeps to itself in the directories below a mount. A
 * file {@code .wh.NAME} hides NAME in the directories below its own; {@code .wh..wh..opq} hides all
 * of them. Where the kernel lets it, fuse-overlayfs makes a character device 0:0 instead of the
 * first, and says the second in an attribute too.
 *
 * @see <a href="https://github.com/containers/fuse-overlayfs">fuse-overlayfs</a>
 */
final class FuseMarks {
  private static final String PREFIX = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final List<String> PRIVATE =
      List.of(
          "trusted.overlay.",
          "user.overlay.",
          "user.fuseoverlayfs.",
          "user.containers.",
          "security.fuseoverlayfs.");

  private FuseMarks() {}

  /** Tells whether a path is that of a mark, or in one, and never that of a file. */
  static boolean isMark(TreePath path) {
    return path.names().stream().anyMatch(name -> name.startsWith(PREFIX));
  }

  /** Tells whether it is the mark of a directory that hides what is below it. */
  static boolean isOpaque(TreePath mark) {
    return mark.name().equals(OPAQUE);
  }

  /** Returns the path that a mark hides; nothing if it hides none. */
  static Optional<TreePath> hidden(TreePath mark) {
    String name = mark.name();
    boolean hides = name.startsWith(PREFIX) && !name.startsWith(PREFIX + ".wh.");
    return hides && name.length() > PREFIX.length() && !isMark(mark.parent())
        ? Optional.of(mark.parent().resolve(name.substring(PREFIX.length())))
        : Optional.empty();
  }

  /** Returns the mark that hides a path. */
  static TreePath whiteout(TreePath path) {
    return path.parent().resolve(PREFIX + path.name());
  }

  /** Returns the mark that hides all that is below a directory. */
  static TreePath opaque(TreePath directory) {
    return directory.resolve(OPAQUE);
  }

  /** Tells whether an attribute is hidden from processes. */
  static boolean isPrivate(String xattr) {
    return PRIVATE.stream().anyMatch(xattr::startsWith);
  }

  /** Returns the attributes that processes see. */
  static Xattrs own(Xattrs xattrs) {
    Xattrs own = xattrs;
    for (String name : xattrs.names()) {
      own = isPrivate(name) ? own.without(name) : own;
    }
    return own;
  }

  /** Returns a file's attributes with those of another that are hidden. */
  static Xattrs withPrivate(Xattrs own, Xattrs other) {
    Xattrs all = own;
    for (String name : other.names()) {
      all = isPrivate(name) ? all.with(name, other.get(name).orElseThrow()) : all;
    }
    return all;
  }
}
