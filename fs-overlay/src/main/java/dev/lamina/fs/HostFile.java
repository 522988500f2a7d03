// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;

/** What one read of a host file's {@code unix:*} attributes says. */
final class HostFile {
  private static final int TYPE = 0170000;

  private final Path path;
  private final Map<String, Object> attributes;

  private HostFile(Path path, Map<String, Object> attributes) {
    this.path = path;
    this.attributes = attributes;
  }

  static HostFile read(Path path) throws IOException {
    return new HostFile(path, Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS));
  }

  /** The bytes of a name, which {@code toString} may have replaced in the host's charset. */
  static byte[] name(Path path) {
    String name = path.getFileName().toString();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return unescape(path.toUri().getRawPath());
      }
    }
    return FileNames.encode(name);
  }

  /** The bytes of the last name of a URI's path. */
  private static byte[] unescape(String rawPath) {
    String path = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
    ByteBuffer bytes = ByteBuffer.allocate(path.length());
    for (int i = path.lastIndexOf('/') + 1; i < path.length(); i++) {
      if (path.charAt(i) == '%') {
        bytes.put((byte) Integer.parseInt(path.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.put((byte) path.charAt(i));
      }
    }
    byte[] name = new byte[bytes.position()];
    bytes.flip().get(name);
    return name;
  }

  private Object get(String attribute) {
    Object value = attributes.get(attribute);
    if (value == null) {
      throw new IllegalStateException(path + " has no attribute unix:" + attribute);
    }
    return value;
  }

  private int mode() {
    return (Integer) get("mode");
  }

  boolean isDirectory() {
    return (mode() & TYPE) == 0040000;
  }

  int linkCount() {
    return (Integer) get("nlink");
  }

  /** Equal for two names of one inode. */
  Object key() {
    return Map.entry(get("dev"), get("ino"));
  }

  Metadata metadata() throws IOException {
    return new Metadata(
        mode() & 07777,
        Integer.toUnsignedLong((Integer) get("uid")),
        Integer.toUnsignedLong((Integer) get("gid")),
        ((FileTime) get("lastModifiedTime")).toInstant(),
        xattrs());
  }

  private Xattrs xattrs() throws IOException {
    int type = mode() & TYPE;
    if (type != 0040000 && type != 0100000) {
      return Xattrs.empty(); // Linux has user.* on files and directories only
    }
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    Xattrs xattrs = Xattrs.empty();
    for (String name : view.list()) {
      ByteBuffer value = ByteBuffer.allocate(view.size(name));
      int n = view.read(name, value);
      byte[] bytes = new byte[n];
      value.flip().get(bytes);
      xattrs = xattrs.with("user." + name, bytes);
    }
    return xattrs;
  }

  Node node() throws IOException {
    Metadata metadata = metadata();
    return switch (mode() & TYPE) {
      case 0040000 -> Node.directory(metadata);
      case 0100000 -> Node.file(metadata, Content.ofFile(path, 0, (Long) get("size")));
      case 0120000 -> Node.symlink(metadata, target());
      case 0060000 -> device(metadata, true);
      case 0020000 -> device(metadata, false);
      case 0010000 -> Node.fifo(metadata);
      case 0140000 -> Node.socket(metadata);
      default -> throw new FileSystemException(path.toString(), null, "unknown file type");
    };
  }

  private String target() throws IOException {
    Path target = Files.readSymbolicLink(path);
    String text = target.toString();
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    if (ascii) {
      return text;
    }
    StringBuilder exact = new StringBuilder(target.isAbsolute() ? "/" : "");
    for (Path name : target) {
      exact.append(FileNames.decode(name(name))).append('/');
    }
    exact.setLength(exact.length() - 1);
    return exact.toString();
  }

  /** Splits the number as glibc's {@code gnu_dev_major} and {@code gnu_dev_minor} do. */
  private Node device(Metadata metadata, boolean block) {
    long rdev = (Long) get("rdev");
    long major = ((rdev >>> 8) & 0xFFF) | ((rdev >>> 32) & 0xFFFFF000L);
    long minor = (rdev & 0xFF) | ((rdev >>> 12) & 0xFFFFFF00L);
    return Node.device(metadata, block, (int) major, (int) minor);
  }
}
