// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarType;
import dev.lamina.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Layers as lists of entries, and trees as lists of lines. */
final class Layers {
  static final Metadata PLAIN = Metadata.of(0644, Instant.ofEpochSecond(1_600_000_000));

  private Layers() {}

  /** An entry with its bytes. */
  record Entry(TarEntry header, String content) {
    @Override
    public String toString() {
      String link = header.linkName().isEmpty() ? "" : " -> " + header.linkName();
      return header.type() + " " + header.name() + link;
    }
  }

  static Entry dir(String name) {
    TarEntry entry = TarEntry.directory(name, PLAIN.withMode(0755));
    return new Entry(entry.withName(name), "");
  }

  static Entry file(String name, String content) {
    return new Entry(TarEntry.file(name, PLAIN, content.length()), content);
  }

  static Entry symlink(String name, String target) {
    return new Entry(TarEntry.link(TarType.SYMLINK, name, target, PLAIN.withMode(0777)), "");
  }

  static Entry link(String name, String target) {
    return new Entry(TarEntry.link(TarType.HARD_LINK, name, target, PLAIN), "");
  }

  static Entry fifo(String name) {
    return new Entry(new TarEntry(name, TarType.FIFO, "", PLAIN, 0, 0, 0), "");
  }

  static Entry device(String name) {
    return new Entry(new TarEntry(name, TarType.CHARACTER_DEVICE, "", PLAIN, 0, 1, 3), "");
  }

  static byte[] tar(Entry... entries) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TarWriter writer = TarWriter.over(out);
      for (Entry entry : entries) {
        writer.write(entry.header(), Content.of(entry.content().getBytes(UTF_8)));
      }
      writer.finish();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a layer and lays it over a tree. */
  static FileTree apply(FileTree lower, byte[] tar) throws IOException {
    Content content = Content.of(tar);
    LayerIndex index = LayerReader.scan("test", content, TarOptions.DEFAULT);
    return lower.apply(index.changes(content));
  }

  static FileTree apply(FileTree lower, Entry... entries) throws IOException {
    return apply(lower, tar(entries));
  }

  /** Paths with what they are: a slash, an arrow with the target, a colon with the text. */
  static List<String> list(FileTree tree) {
    List<String> lines = new ArrayList<>();
    tree.forEach(
        (path, node) -> {
          if (!path.isRoot()) {
            String names = tree.linkCount(path) > 1 ? " x" + tree.linkCount(path) : "";
            lines.add(path.toString().substring(1) + describe(node) + names);
          }
        });
    return lines;
  }

  private static String describe(Node node) {
    if (node instanceof Node.Directory) {
      return "/";
    }
    if (node instanceof Node.Symlink symlink) {
      return " -> " + symlink.target();
    }
    if (node instanceof Node.File file) {
      try {
        return ": " + new String(file.content().toByteArray(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return node instanceof Node.Fifo ? " |" : " #";
  }
}
