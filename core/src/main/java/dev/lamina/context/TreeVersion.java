// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.FileNames;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.oci.Digest;
import dev.lamina.path.NodeText;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * What tells a tree of host files from others without reading them: a digest of all names, modes
 * and owners and of the files' versions. Two trees that have the same would give the same inputs.
 */
final class TreeVersion {
  private static final int BUFFER = 16 << 10;

  /** What a node takes at most besides its name. */
  private static final int NODE = 128;

  private static final byte DIRECTORY = 1;
  private static final byte FILE = 2;
  private static final byte OTHER = 3;
  private static final byte END = 4;

  private final long beforeSecond;
  private final int beforeNano;
  private final MessageDigest digest = Digest.hasher("sha256");
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private boolean isTelling = true;

  private TreeVersion(Instant before) {
    this.beforeSecond = before.getEpochSecond();
    this.beforeNano = before.getNano();
  }

  /**
   * Returns the version of a tree, if a file that is changed gets another one.
   *
   * @param before when files must have been changed last to have such a version
   */
  static Optional<String> of(FileTree tree, Instant before) {
    TreeVersion version = new TreeVersion(before);
    version.add("", tree.root());
    return version.finish();
  }

  /**
   * Returns the version of what was found in a folder, all of it root's.
   *
   * @param mode the folder's
   * @param before when files must have been changed last to have such a version
   */
  static Optional<String> of(int mode, ScannedFolder folder, Instant before) {
    TreeVersion version = new TreeVersion(before);
    version.addDirectory("", mode);
    folder.addTo(version);
    version.endDirectory();
    return version.finish();
  }

  private Optional<String> finish() {
    flush();
    return isTelling ? Optional.of(Digest.of(digest.digest()).hex()) : Optional.empty();
  }

  /** Adds a node with all that is below it. */
  void add(String name, Node node) {
    if (!isTelling) {
      return;
    }
    if (node instanceof Node.Directory directory) {
      addRare(name, node);
      add(DIRECTORY, name, node);
      directory.forEach(this::add);
      endDirectory();
    } else if (node instanceof Node.File file) {
      addRare(name, node);
      add(FILE, name, node);
      addContent(file);
    } else {
      addText(name, node);
    }
  }

  /** Of a file or directory its text says what few have. */
  private void addRare(String name, Node node) {
    if (!node.xattrs().isEmpty()) {
      addText(name, node);
    }
  }

  private void addText(String name, Node node) {
    add(OTHER, name, node);
    add(FileNames.encode(NodeText.of(node)));
  }

  private void add(byte kind, String name, Node node) {
    add(kind, name, node.mode(), node.uid(), node.gid());
  }

  /** Adds a file of root's: if it isn't empty, {@link #addContent} must follow. */
  void addFile(String name, int mode, long size) {
    add(FILE, name, mode, 0, 0);
    buffer.putLong(size);
  }

  /** Adds a directory of root's: what is in it must follow, and {@link #endDirectory}. */
  void addDirectory(String name, int mode) {
    add(DIRECTORY, name, mode, 0, 0);
  }

  void endDirectory() {
    room(1);
    buffer.put(END);
  }

  private void add(byte kind, String name, int mode, long uid, long gid) {
    add(FileNames.encode(name));
    room(NODE);
    buffer.put(kind).putInt(mode).putInt((int) uid).putInt((int) gid);
  }

  private void addContent(Node.File file) {
    buffer.putLong(file.size());
    if (file.size() == 0) {
      return;
    }
    if (file.content() instanceof HostContent content) {
      FileVersion version = content.version();
      Instant modified = version.modified();
      Instant changed = version.changed();
      addContent(
          version.device(),
          version.inode(),
          modified.getEpochSecond(),
          modified.getNano(),
          changed.getEpochSecond(),
          changed.getNano());
    } else {
      isTelling = false;
    }
  }

  /** Adds what tells the content of a host file, after its size. */
  void addContent(
      long device,
      long inode,
      long modifiedSecond,
      int modifiedNano,
      long changedSecond,
      int changedNano) {
    isTelling &=
        inode != 0
            && isBefore(modifiedSecond, modifiedNano)
            && isBefore(changedSecond, changedNano);
    buffer.putLong(device).putLong(inode);
    buffer.putLong(modifiedSecond).putInt(modifiedNano);
    buffer.putLong(changedSecond).putInt(changedNano);
  }

  private boolean isBefore(long second, int nano) {
    return second < beforeSecond || (second == beforeSecond && nano < beforeNano);
  }

  /** Adds bytes after their number. */
  private void add(byte[] bytes) {
    room(Integer.BYTES);
    buffer.putInt(bytes.length);
    if (bytes.length > buffer.capacity()) {
      flush();
      digest.update(bytes);
    } else {
      room(bytes.length);
      buffer.put(bytes);
    }
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }
}
