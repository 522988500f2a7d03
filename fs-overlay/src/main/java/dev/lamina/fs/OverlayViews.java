// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;

/** NIO's attribute views of one path. */
final class OverlayViews {
  private OverlayViews() {}

  /** The view of a type, null if there is none. */
  static @Nullable FileAttributeView of(
      OverlayPath path, Class<? extends FileAttributeView> type, boolean follow) {
    if (type == BasicFileAttributeView.class) {
      return new Basic(path, follow, "basic");
    }
    if (type == PosixFileAttributeView.class || type == FileOwnerAttributeView.class) {
      return new Posix(path, follow, type == PosixFileAttributeView.class ? "posix" : "owner");
    }
    return type == UserDefinedFileAttributeView.class ? new Xattr(path, follow) : null;
  }

  private static class Basic implements BasicFileAttributeView {
    final OverlayPath path;
    final boolean follow;
    private final String name;

    Basic(OverlayPath path, boolean follow, String name) {
      this.path = path;
      this.follow = follow;
      this.name = name;
    }

    final AttributeEdits edits() {
      return path.getFileSystem().operations().attributes;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public OverlayAttributes readAttributes() throws IOException {
      return path.getFileSystem().operations().readAttributes(path, follow);
    }

    @Override
    public void setTimes(
        @Nullable FileTime lastModified, @Nullable FileTime lastAccess, @Nullable FileTime created)
        throws IOException {
      if (lastModified != null) {
        edits().setMtime(path, follow, lastModified.toInstant());
      } else {
        path.getFileSystem().volume().checkOpen();
      }
    }
  }

  private static final class Posix extends Basic implements PosixFileAttributeView {
    Posix(OverlayPath path, boolean follow, String name) {
      super(path, follow, name);
    }

    @Override
    public UserPrincipal getOwner() throws IOException {
      return readAttributes().owner();
    }

    @Override
    public void setOwner(UserPrincipal owner) throws IOException {
      edits().setOwner(path, follow, Principals.userId(owner), -1);
    }

    @Override
    public void setGroup(GroupPrincipal group) throws IOException {
      edits().setOwner(path, follow, -1, Principals.groupId(group));
    }

    @Override
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
      edits().setPermissions(path, follow, InitialMode.bits(permissions));
    }
  }

  /** The extended attributes in the name space {@code user}. */
  private static final class Xattr implements UserDefinedFileAttributeView {
    private static final String PREFIX = "user.";
    private final OverlayPath path;
    private final boolean follow;

    Xattr(OverlayPath path, boolean follow) {
      this.path = path;
      this.follow = follow;
    }

    @Override
    public String name() {
      return "user";
    }

    private Operations operations() {
      return path.getFileSystem().operations();
    }

    @Override
    public List<String> list() throws IOException {
      List<String> names = new ArrayList<>();
      for (String name : operations().xattrs(path, follow).names()) {
        if (name.startsWith(PREFIX)) {
          names.add(name.substring(PREFIX.length()));
        }
      }
      return names;
    }

    private byte[] value(String name) throws IOException {
      return operations()
          .xattrs(path, follow)
          .get(PREFIX + name)
          .orElseThrow(() -> AttributeEdits.noXattr(path, PREFIX + name));
    }

    @Override
    public int size(String name) throws IOException {
      return value(name).length;
    }

    @Override
    public int read(String name, ByteBuffer dst) throws IOException {
      byte[] value = value(name);
      if (dst.remaining() < value.length) {
        throw new FileSystemException(
            path.toString(),
            null,
            "extended attribute "
                + name
                + ": expected space for "
                + value.length
                + " bytes, found "
                + dst.remaining());
      }
      dst.put(value);
      return value.length;
    }

    @Override
    public int write(String name, ByteBuffer src) throws IOException {
      return operations().attributes.setXattr(path, follow, PREFIX + name, src);
    }

    @Override
    public void delete(String name) throws IOException {
      operations().attributes.removeXattr(path, follow, PREFIX + name);
    }
  }
}
