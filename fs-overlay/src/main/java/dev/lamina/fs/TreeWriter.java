// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.annotation.Nullable;

/**
 * Writes a {@link StoredTree}: what is below a directory before the directory, so that each part
 * knows where those are that it names.
 */
final class TreeWriter {
  private static final int BUFFER_SIZE = 64 << 10;

  private final LinkTable links;
  private final Entry root;
  private final InodeEncoder inodes;
  private final OutputStream out;
  private final Map<Long, Integer> linkNumbers = new HashMap<>();
  private final List<LinkRef> linkRefs = new ArrayList<>(); // by number
  private long position;
  private long nodes;

  TreeWriter(FileTree tree, Function<Content, long[]> numbers, OutputStream out) {
    this.links = tree.links();
    this.root = tree.rootEntry();
    this.inodes = new InodeEncoder(numbers);
    this.out = new BufferedOutputStream(out, BUFFER_SIZE);
  }

  void write(byte[] note) throws IOException {
    long rootPosition = writeRoot();
    long linkTable = writeLinks();
    StoredTree.Footer footer =
        new StoredTree.Footer(put(note), nodes, rootPosition, linkRefs.size(), linkTable);
    out.write(footer.encode().array());
    out.flush();
  }

  private long put(PartWriter part) throws IOException {
    return put(part.toByteArray());
  }

  private long put(byte[] bytes) throws IOException {
    out.write(TreeBlock.header(bytes).array());
    out.write(bytes);
    long at = position;
    position += TreeBlock.HEADER + bytes.length;
    return at;
  }

  /** A part that is written: what a branch says of it. */
  private static final class Child {
    final byte[] firstName;
    final int size;
    final long position;

    Child(byte[] firstName, int size, long position) {
      this.firstName = firstName;
      this.size = size;
      this.position = position;
    }
  }

  /** A directory on the way down. */
  private final class Level {
    final DirectoryInode directory;
    final byte[] name; // in the directory above
    private final NameCursor<Entry> cursor;
    private final PartWriter leaf = new PartWriter();
    private final List<Child> leaves = new ArrayList<>();
    private byte[] firstName = Names.DOT;
    private int width;
    boolean hasLinks;

    Level(DirectoryInode directory, byte[] name) {
      this.directory = directory;
      this.name = name;
      this.cursor = new NameCursor<>(directory.entries);
    }

    /** Writes entries up to the next directory, which it returns; null at the end. */
    @Nullable
    Level writeFiles() throws IOException {
      while (!cursor.atEnd()) {
        byte[] child = cursor.name();
        Entry entry = cursor.value();
        cursor.next();
        nodes++;
        if (entry instanceof LinkRef ref && links.count(ref) > 1) {
          hasLinks = true;
          inodes.link(begin(child), number(ref));
        } else if (links.inode(entry) instanceof DirectoryInode below) {
          return new Level(below, child);
        } else {
          inodes.file(begin(child), links.inode(entry));
        }
      }
      return null;
    }

    /** Writes the entry of a directory whose children are written. */
    void writeDirectory(Level child, long children) throws IOException {
      hasLinks |= child.hasLinks;
      inodes.directory(begin(child.name), child.directory, child.hasLinks, children);
    }

    private PartWriter begin(byte[] child) throws IOException {
      if (width == NameMap.WIDTH) {
        endLeaf();
      }
      if (width++ == 0) {
        firstName = child;
      }
      leaf.putBytes(child);
      return leaf;
    }

    private void endLeaf() throws IOException {
      leaves.add(new Child(firstName, width, put(inLeaf(leaf, width))));
      leaf.clear();
      width = 0;
    }

    /** Writes what isn't written yet, and returns where all of it is. */
    long end() throws IOException {
      if (width > 0) {
        endLeaf();
      }
      return leaves.isEmpty() ? 0 : writeBranches(leaves).position;
    }
  }

  private static PartWriter inLeaf(PartWriter entries, int width) {
    PartWriter part = new PartWriter();
    part.putByte(TreeReader.LEAF);
    part.putShort(width);
    part.put(entries);
    return part;
  }

  /** Writes branches above parts of one height until there is one part. */
  private Child writeBranches(List<Child> parts) throws IOException {
    List<Child> level = parts;
    while (level.size() > 1) {
      List<Child> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += NameMap.WIDTH) {
        List<Child> below = level.subList(i, Math.min(level.size(), i + NameMap.WIDTH));
        above.add(writeBranch(below));
      }
      level = above;
    }
    return level.get(0);
  }

  private Child writeBranch(List<Child> children) throws IOException {
    PartWriter part = new PartWriter();
    part.putByte(TreeReader.BRANCH);
    part.putShort(children.size());
    int size = 0;
    for (Child child : children) {
      part.putBytes(child.firstName);
      part.putInt(child.size);
      part.putLong(child.position);
      size += child.size;
    }
    return new Child(children.get(0).firstName, size, put(part));
  }

  private int number(LinkRef ref) {
    Integer known = linkNumbers.putIfAbsent(ref.id, linkRefs.size());
    if (known != null) {
      return known;
    }
    linkRefs.add(ref);
    return linkRefs.size() - 1;
  }

  /** Returns where the root's own entry is. Not by recursion, since a tree may be very deep. */
  private long writeRoot() throws IOException {
    Deque<Level> levels = new ArrayDeque<>();
    levels.addLast(new Level((DirectoryInode) links.inode(root), Names.DOT));
    nodes++;
    while (true) {
      Level level = levels.getLast();
      Level below = level.writeFiles();
      if (below != null) {
        levels.addLast(below);
        continue;
      }
      long children = level.end();
      levels.removeLast();
      if (levels.isEmpty()) {
        PartWriter part = new PartWriter();
        inodes.directory(part, level.directory, level.hasLinks, children);
        return put(part);
      }
      levels.getLast().writeDirectory(level, children);
    }
  }

  /** Returns where the inodes are that have several names, by the numbers they got. */
  private long writeLinks() throws IOException {
    List<Child> leaves = new ArrayList<>();
    for (int i = 0; i < linkRefs.size(); i += NameMap.WIDTH) {
      List<LinkRef> some = linkRefs.subList(i, Math.min(linkRefs.size(), i + NameMap.WIDTH));
      PartWriter part = new PartWriter();
      for (int k = 0; k < some.size(); k++) {
        LinkTable.Target target = links.get(some.get(k).id);
        part.putBytes(LinkTable.key(i + k));
        part.putInt(target.count());
        inodes.file(part, links.inode(target.entry()));
      }
      leaves.add(new Child(LinkTable.key(i), some.size(), put(inLeaf(part, some.size()))));
    }
    return leaves.isEmpty() ? 0 : writeBranches(leaves).position;
  }
}
