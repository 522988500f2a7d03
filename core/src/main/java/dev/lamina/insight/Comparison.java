// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Content;
import dev.lamina.fs.Node;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * How what is at a path differs from what was there.
 *
 * @param kind never {@link ChangeKind#DELETED}
 * @param attributes which attributes differ; all if it is new or of another type
 */
record Comparison(ChangeKind kind, Set<Attribute> attributes) {
  private static final int CHUNK = 1 << 16;

  /** Compares two states of one path; bytes are read only if the sizes are equal. */
  static Comparison of(Optional<Node> before, Node after) throws IOException {
    if (before.isEmpty()) {
      return new Comparison(ChangeKind.ADDED, Set.of(Attribute.values()));
    }
    Node was = before.get();
    if (EntryType.of(was) != EntryType.of(after)) {
      return new Comparison(ChangeKind.CHANGED, Set.of(Attribute.values()));
    }
    Set<Attribute> differing = Attribute.differing(was.metadata(), after.metadata());
    if (!sameSubstance(was, after)) {
      return new Comparison(ChangeKind.CHANGED, differing);
    }
    // A directory's time changes with its children: that alone is not what a step is about.
    boolean onlyTime = after instanceof Node.Directory && differing.equals(Set.of(Attribute.MTIME));
    return new Comparison(
        differing.isEmpty() || onlyTime ? ChangeKind.AGAIN : ChangeKind.ATTRIBUTES, differing);
  }

  /** Whether two nodes of one type are the same but for their attributes. */
  private static boolean sameSubstance(Node was, Node after) throws IOException {
    if (was instanceof Node.File x && after instanceof Node.File y) {
      return sameBytes(x.content(), y.content());
    }
    if (was instanceof Node.Symlink x && after instanceof Node.Symlink y) {
      return x.target().equals(y.target());
    }
    if (was instanceof Node.Device x && after instanceof Node.Device y) {
      return x.isBlock() == y.isBlock() && x.major() == y.major() && x.minor() == y.minor();
    }
    return true;
  }

  /** Whether two contents hold the same bytes. */
  static boolean sameBytes(Content x, Content y) throws IOException {
    if (x.size() != y.size()) {
      return false;
    }
    if (x == y || x.equals(y)) {
      return true;
    }
    ByteBuffer a = ByteBuffer.allocate(CHUNK);
    ByteBuffer b = ByteBuffer.allocate(CHUNK);
    for (long position = 0; position < x.size(); position += a.limit()) {
      fill(x, position, a);
      fill(y, position, b);
      if (!a.equals(b)) {
        return false;
      }
    }
    return true;
  }

  private static void fill(Content content, long position, ByteBuffer buffer) throws IOException {
    buffer.clear().limit((int) Math.min(CHUNK, content.size() - position));
    while (buffer.hasRemaining()) {
      if (content.read(position + buffer.position(), buffer) < 0) {
        throw new EOFException(
            "content: expected "
                + content.size()
                + " bytes, found "
                + (position + buffer.position()));
      }
    }
    buffer.flip();
  }
}
