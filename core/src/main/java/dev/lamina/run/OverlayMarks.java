// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Xattrs;
import java.nio.charset.StandardCharsets;

/**
 * The attributes that an overlay mounted with {@code userxattr} keeps to itself. A file's own of
 * such a name has another in the directories below the mount: the kernel escapes it.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">overlayfs</a>
 */
final class OverlayMarks {
  private static final String PRIVATE = "user.overlay.";
  private static final String ESCAPED = "user.overlay.overlay.";
  private static final String OPAQUE = "user.overlay.opaque";
  private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

  private OverlayMarks() {}

  /** Tells whether a directory's attributes say that it hides what is below it. */
  static boolean isOpaque(Xattrs below) {
    return below.get(OPAQUE).isPresent();
  }

  /** Returns a directory's attributes with the one that hides what is below it. */
  static Xattrs opaque(Xattrs below) {
    return below.with(OPAQUE, YES);
  }

  /** Returns what a file's attributes below the mount are in it. */
  static Xattrs own(Xattrs below) {
    Xattrs own = withoutMarks(below);
    for (String name : below.names()) {
      if (name.startsWith(ESCAPED)) {
        own = own.with(PRIVATE + name.substring(ESCAPED.length()), value(below, name));
      }
    }
    return own;
  }

  /** Returns what a file's attributes must be below the mount, to be its own in it. */
  static Xattrs escaped(Xattrs own) {
    Xattrs below = withoutMarks(own);
    for (String name : own.names()) {
      if (name.startsWith(PRIVATE)) {
        below = below.with(ESCAPED + name.substring(PRIVATE.length()), value(own, name));
      }
    }
    return below;
  }

  private static Xattrs withoutMarks(Xattrs xattrs) {
    Xattrs rest = xattrs;
    for (String name : xattrs.names()) {
      rest = name.startsWith(PRIVATE) ? rest.without(name) : rest;
    }
    return rest;
  }

  private static byte[] value(Xattrs xattrs, String name) {
    return xattrs.get(name).orElseThrow();
  }
}
