// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.FileVersion;
import dev.lamina.context.HostContent;
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

  private final Instant before;
  private final MessageDigest digest = Digest.hasher("sha256");
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private boolean isTelling = true;

  private TreeVersion(Instant before) {
    this.before = before;
  }

  /**
   * Returns the version of a tree, if a file that is changed gets another one.
   *
   * @param before when files must have been changed last to have such a version
   */
  static Optional<String> of(FileTree tree, Instant before) {
    TreeVersion version = new TreeVersion(before);
    version.add("", tree.root());
    version.flush();
    return version.isTelling
        ? Optional.of(Digest.of(version.digest.digest()).hex())
        : Optional.empty();
  }

  private void add(String name, Node node) {
    if (!isTelling) {
      return;
    }
    add(name);
    if (!node.xattrs().isEmpty()) {
      other(node);
    }
    if (node instanceof Node.Directory directory) {
      attributes(DIRECTORY, node);
      directory.forEach(this::add);
      room(1);
      buffer.put(END);
    } else if (node instanceof Node.File file) {
      attributes(FILE, node);
      content(file);
    } else {
      other(node);
    }
  }

  private void attributes(byte kind, Node node) {
    room(NODE);
    buffer.put(kind).putInt(node.mode()).putLong(node.uid()).putLong(node.gid());
  }

  private void content(Node.File file) {
    buffer.putLong(file.size());
    if (file.size() == 0) {
      return;
    }
    if (!(file.content() instanceof HostContent content)
        || !content.version().isTelling()
        || !content.version().isBefore(before)) {
      isTelling = false;
      return;
    }
    FileVersion version = content.version();
    buffer.putLong(version.device()).putLong(version.inode());
    put(version.modified());
    put(version.changed());
  }

  private void put(Instant time) {
    buffer.putLong(time.getEpochSecond()).putInt(time.getNano());
  }

  /** Adds a node by its text, or of a file and a directory what is rare. */
  private void other(Node node) {
    room(1);
    buffer.put(OTHER);
    add(NodeText.of(node));
  }

  /** Adds a text with its length, as keys take them: no charset writes all names. */
  private void add(String text) {
    room(Integer.BYTES);
    buffer.putInt(text.length());
    for (int i = 0; i < text.length(); i++) {
      room(Character.BYTES);
      buffer.putChar(text.charAt(i));
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
