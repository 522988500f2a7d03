// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Puts a tree together from its leaves up: a directory is made once, when all that is in it is
 * known. So it is cheaper than changes, and what lies side by side can be made side by side.
 *
 * <pre>{@code
 * TreeBuilder builder = new TreeBuilder();
 * TreeBuilder.Children etc = builder.children();
 * etc.add("hosts", Node.file(metadata, content));
 * TreeBuilder.Children root = builder.children();
 * root.add("etc", directoryMetadata, etc);
 * FileTree tree = builder.build(rootMetadata, root);
 * }</pre>
 *
 * <p>Thread-safe; the children of one directory are for one thread at a time.
 */
public final class TreeBuilder {
  private final Map<Object, LinkedInode> linked = new ConcurrentHashMap<>();

  /** Makes a builder of one tree. */
  public TreeBuilder() {}

  /** An inode that may have several names, and how many of them there are. */
  private static final class LinkedInode {
    final LinkRef ref = LinkRef.create();
    private final Inode inode;
    private int count;

    LinkedInode(Inode inode) {
      this.inode = inode;
    }

    synchronized LinkRef add() {
      count++;
      return ref;
    }

    synchronized LinkTable.Target target() {
      return new LinkTable.Target(inode, count);
    }
  }

  /** Returns a directory's children, of which there are none yet. */
  public Children children() {
    return new Children();
  }

  /**
   * Returns the tree of a root directory, once everything was added.
   *
   * @param metadata the root's attributes
   * @param root what is in it, got from this builder
   */
  public FileTree build(Metadata metadata, Children root) {
    DirectoryInode directory = root.directory(metadata);
    LinkTable links = LinkTable.EMPTY;
    for (LinkedInode each : linked.values()) {
      links = links.with(each.ref.id, each.target());
    }
    return new FileTree(directory, links);
  }

  /**
   * What is in one directory. It is cheapest to add names in the order of their bytes; of what was
   * added under one name the last counts. Not thread-safe.
   */
  public final class Children {
    private byte[][] names = new byte[4][];
    private Object[] entries = new Object[4];
    private int size;
    private boolean sorted = true;
    private boolean links;

    private Children() {}

    /** Returns whether nothing was added. */
    public boolean isEmpty() {
      return size == 0;
    }

    /**
     * Adds a node.
     *
     * @param node anything, but of directories only those that have no children
     * @throws IllegalArgumentException if the name can't be one, or the directory isn't empty
     */
    public void add(String name, Node node) {
      add(encode(name), inode(node));
    }

    /**
     * Adds one of the names of a node that may have several: those added with an equal {@code id},
     * here or in other directories, are hard links of each other. The first node that is added with
     * it counts.
     *
     * @throws IllegalArgumentException if the name can't be one, or the node is a directory
     */
    public void addLink(String name, Object id, Node node) {
      if (node instanceof Node.Directory) {
        throw new IllegalArgumentException(name + ": a directory has one name only");
      }
      addLink(encode(name), id, Nodes.inode(node));
    }

    /**
     * Adds a directory with all that is in it; nothing can be added to that any more.
     *
     * @param children from the same builder
     * @throws IllegalArgumentException if the name can't be one
     */
    public void add(String name, Metadata metadata, Children children) {
      add(encode(name), children.directory(metadata));
    }

    /**
     * Adds a directory whose children are put together when somebody first looks into it.
     *
     * @param children called once at most, by any thread; what it gives is from the same builder
     *     and has no links, at any depth
     * @throws IllegalArgumentException if the name can't be one
     */
    public void addLater(String name, Metadata metadata, Supplier<Children> children) {
      LazyNames<Entry> entries = new LazyNames<>(position -> children.get().withoutLinks(name));
      add(encode(name), new DirectoryInode(metadata, entries, false));
    }

    void addLink(byte[] name, Object id, Inode inode) {
      add(name, linked.computeIfAbsent(id, key -> new LinkedInode(inode)).add());
    }

    void add(byte[] name, Entry entry) {
      if (size == names.length) {
        names = Arrays.copyOf(names, 2 * size);
        entries = Arrays.copyOf(entries, 2 * size);
      }
      sorted &= size == 0 || Arrays.compareUnsigned(names[size - 1], name) < 0;
      links |= entry.hasLinks();
      names[size] = name;
      entries[size++] = entry;
    }

    DirectoryInode directory(Metadata metadata) {
      return new DirectoryInode(metadata, map(), links);
    }

    private NameMap<Entry> map() {
      if (!sorted) {
        sort();
      }
      return NameMap.ofSorted(names, entries, size);
    }

    /** The tree's links were counted before. */
    private NameMap<Entry> withoutLinks(String directory) {
      if (links) {
        throw new IllegalStateException(directory + ": expected no links, found some");
      }
      return map();
    }

    /** Of equal names the last stays: the sort leaves them in their order. */
    private void sort() {
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(names[a], names[b]));
      byte[][] sortedNames = new byte[size][];
      Object[] sortedEntries = new Object[size];
      int n = 0;
      for (Integer i : order) {
        if (n > 0 && Arrays.equals(sortedNames[n - 1], names[i])) {
          n--;
        }
        sortedNames[n] = names[i];
        sortedEntries[n++] = entries[i];
      }
      names = sortedNames;
      entries = sortedEntries;
      size = n;
      sorted = true;
    }
  }

  private static Inode inode(Node node) {
    if (node instanceof Node.Directory directory && directory.size() > 0) {
      throw new IllegalArgumentException("expected a directory without children, found " + node);
    }
    return Nodes.inode(node);
  }

  private static byte[] encode(String name) {
    byte[] bytes = FileNames.encode(name);
    if (!Names.isName(bytes)) {
      throw new IllegalArgumentException("expected the name of a file, found \"" + name + "\"");
    }
    return bytes;
  }
}
