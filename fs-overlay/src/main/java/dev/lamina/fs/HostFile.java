// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Map;

/** A host file as a node of a tree: what a stat says, extended attributes, the target of a link. */
final class HostFile {
  private final Path path;
  private final HostStat stat;

  private HostFile(Path path, HostStat stat) {
    this.path = path;
    this.stat = stat;
  }

  static HostFile read(Path path) throws IOException {
    return new HostFile(path, HostStat.read(path));
  }

  HostStat stat() {
    return stat;
  }

  /** Equal for two names of one inode. */
  Object key() {
    return Map.entry(stat.device(), stat.inode());
  }

  Metadata metadata() throws IOException {
    return stat.metadata(xattrs());
  }

  private Xattrs xattrs() throws IOException {
    if (stat.type() != HostStat.Type.DIRECTORY && stat.type() != HostStat.Type.FILE) {
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
    return switch (stat.type()) {
      case DIRECTORY -> Node.directory(metadata);
      case FILE -> Node.file(metadata, Content.ofFile(path, 0, stat.size()));
      case SYMLINK -> Node.symlink(metadata, HostNames.text(Files.readSymbolicLink(path)));
      case BLOCK_DEVICE -> Node.device(metadata, true, stat.major(), stat.minor());
      case CHARACTER_DEVICE -> Node.device(metadata, false, stat.major(), stat.minor());
      case FIFO -> Node.fifo(metadata);
      case OTHER -> Node.socket(metadata);
    };
  }
}
