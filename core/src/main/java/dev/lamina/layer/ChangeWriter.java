// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Change;
import dev.lamina.fs.Content;
import dev.lamina.fs.ContentReader;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarFormatException;
import dev.lamina.tar.TarType;
import dev.lamina.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Writes changes as entries of a tar and as records of its index, one after another. */
final class ChangeWriter implements Change.Visitor<ChangeWriter.Step> {
  private static final Metadata WHITEOUT = Metadata.of(0, Instant.EPOCH);

  private final TarWriter tar;
  private final IndexBuilder index;
  private final LayerWriter.Contents contents;
  private final ContentReader reader;
  private final Map<TreePath, Metadata> written = new HashMap<>(); // what links may point to

  /** What writes one entry. */
  interface Step {
    void run() throws IOException;
  }

  ChangeWriter(
      TarWriter tar, IndexBuilder index, LayerWriter.Contents contents, ContentReader reader) {
    this.tar = tar;
    this.index = index;
    this.contents = contents;
    this.reader = reader;
  }

  void write(Change change) throws IOException {
    TreePath path = change.path();
    if (Whiteout.hasReservedName(path)) {
      throw bad(path, "name: expected none that begins with .wh., which layers keep for whiteouts");
    }
    change.accept(this).run();
  }

  @Override
  public Step put(Change.Put put) {
    return put.node().accept(new NodeWriter(put.path()));
  }

  @Override
  public Step link(Change.Link link) {
    return () -> {
      Metadata metadata = written.get(link.target());
      if (metadata == null) {
        throw bad(
            link.path(),
            "hard link: expected a file before it in the layer, found none at " + link.target());
      }
      tar.write(
          TarEntry.link(
              TarType.HARD_LINK,
              Whiteout.relative(link.path()),
              Whiteout.relative(link.target()),
              metadata));
      written.put(link.path(), metadata);
      index.link(link.path(), link.target());
    };
  }

  @Override
  public Step remove(Change.Remove remove) {
    return () -> {
      tar.write(TarEntry.file(Whiteout.removing(remove.path()), WHITEOUT, 0));
      index.remove(remove.path());
    };
  }

  @Override
  public Step clear(Change.Clear clear) {
    return () -> {
      tar.write(TarEntry.file(Whiteout.clearing(clear.path()), WHITEOUT, 0));
      index.clear(clear.path());
    };
  }

  private TarFormatException bad(TreePath path, String problem) {
    return new TarFormatException(path.toString(), tar.position(), problem);
  }

  /** Writes the node at one path. */
  private final class NodeWriter implements Node.Visitor<Step> {
    private final TreePath path;

    NodeWriter(TreePath path) {
      this.path = path;
    }

    private String name() {
      return Whiteout.relative(path);
    }

    @Override
    public Step directory(Node.Directory directory) {
      return () -> {
        String name = path.isRoot() ? "./" : name() + "/";
        tar.write(TarEntry.directory(name, directory.metadata()));
        index.directory(path, directory.metadata());
      };
    }

    @Override
    public Step file(Node.File file) {
      return () -> {
        Content content = file.content();
        try (InputStream in = contents.open(content, reader)) {
          tar.write(TarEntry.file(name(), file.metadata(), file.size()), in);
        }
        contents.written(content, tar.dataOffset());
        index.file(path, file.metadata(), tar.dataOffset(), file.size());
        written.put(path, file.metadata());
      };
    }

    @Override
    public Step symlink(Node.Symlink symlink) {
      return () -> {
        Metadata metadata = symlink.metadata();
        tar.write(TarEntry.link(TarType.SYMLINK, name(), symlink.target(), metadata));
        index.symlink(path, metadata, symlink.target());
        written.put(path, metadata);
      };
    }

    @Override
    public Step device(Node.Device device) {
      return () -> {
        TarType type = device.isBlock() ? TarType.BLOCK_DEVICE : TarType.CHARACTER_DEVICE;
        Metadata metadata = device.metadata();
        tar.write(new TarEntry(name(), type, "", metadata, 0, device.major(), device.minor()));
        index.device(path, metadata, device.isBlock(), device.major(), device.minor());
        written.put(path, metadata);
      };
    }

    @Override
    public Step fifo(Node.Fifo fifo) {
      return () -> {
        tar.write(new TarEntry(name(), TarType.FIFO, "", fifo.metadata(), 0, 0, 0));
        index.fifo(path, fifo.metadata());
        written.put(path, fifo.metadata());
      };
    }

    @Override
    public Step socket(Node.Socket socket) {
      return () -> {};
    }
  }
}
