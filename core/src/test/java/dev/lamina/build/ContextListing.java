// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarType;
import dev.lamina.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/** Reads a build context written down as text; see {@code builds/README.md}. */
final class ContextListing {
  private final Deque<String> lines;
  private final Changes.Builder changes = Changes.builder();

  private final Instant mtime;

  private ContextListing(List<String> lines, Instant mtime) {
    this.lines = new ArrayDeque<>(lines);
    this.mtime = mtime;
  }

  /** Returns the files of a listing, all of one time. */
  static FileTree tree(String listing, Instant mtime) throws IOException {
    ContextListing read = new ContextListing(List.of(listing.split("\n", -1)), mtime);
    read.changes.put(TreePath.ROOT, Node.directory(read.metadata("0755")));
    while (!read.lines.isEmpty()) {
      String line = read.lines.removeFirst();
      if (!line.isEmpty() && !line.startsWith("#")) {
        read.read(line);
      }
    }
    FileTree tree = FileTree.empty().apply(read.changes.build());
    Changes.Builder times = Changes.builder();
    tree.forEach(
        (path, node) -> {
          if (node instanceof Node.Directory && node.mtime().equals(Instant.EPOCH)) {
            times.put(path, Node.directory(node.metadata().withMtime(mtime)));
          }
        });
    return tree.apply(times.build());
  }

  private Metadata metadata(String mode) {
    return Metadata.of(Integer.parseInt(mode, 8), mtime);
  }

  private void read(String line) throws IOException {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "dir" -> changes.put(path(words[2]), Node.directory(metadata(words[1])));
      case "fifo" -> changes.put(path(words[2]), Node.fifo(metadata(words[1])));
      case "file" ->
          changes.put(
              path(words[2]), Node.file(metadata(words[1]), Content.of(bytes(rest(line, 3)))));
      case "link" ->
          changes.put(
              path(words[1]),
              Node.symlink(metadata("0777"), FileNames.decode(bytes(rest(line, 2)))));
      case "hard" -> changes.link(path(words[1]), path(words[2]));
      case "gz" -> put(words[1], gzip(bytes(rest(line, 2))));
      case "tar" -> put(words[1], tar());
      case "tar.gz" -> put(words[1], gzip(tar()));
      case "tar.bz2" -> put(words[1], compressed(tar(), BZip2CompressorOutputStream::new));
      case "tar.xz" -> put(words[1], compressed(tar(), XZCompressorOutputStream::new));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void put(String name, byte[] bytes) {
    changes.put(path(name), Node.file(metadata("0644"), Content.of(bytes)));
  }

  private static TreePath path(String escaped) {
    return TreePath.ofBytes(bytes(escaped));
  }

  /** Returns what follows the first words of a line. */
  private static String rest(String line, int words) {
    int at = 0;
    for (int i = 0; i < words; i++) {
      at = line.indexOf(' ', at) + 1;
      if (at == 0) {
        return "";
      }
    }
    return line.substring(at);
  }

  private static byte[] bytes(String escaped) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] text = escaped.getBytes(StandardCharsets.UTF_8);
    int i = 0;
    while (i < text.length) {
      byte first = text[i++];
      if (first != '\\') {
        out.write(first);
        continue;
      }
      byte escape = text[i++];
      switch (escape) {
        case 'n' -> out.write('\n');
        case 't' -> out.write('\t');
        case 'r' -> out.write('\r');
        case 's' -> out.write(' ');
        case 'x' -> {
          out.write(Integer.parseInt(new String(text, i, 2, StandardCharsets.US_ASCII), 16));
          i += 2;
        }
        default -> out.write(escape);
      }
    }
    return out.toByteArray();
  }

  private byte[] tar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter writer = TarWriter.over(out);
    while (!lines.isEmpty() && lines.getFirst().startsWith("  ")) {
      String line = lines.removeFirst().substring(2);
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "hard" ->
            writer.write(
                TarEntry.link(TarType.HARD_LINK, name(words[1]), name(words[2]), metadata("0644")));
        case "link" ->
            writer.write(
                TarEntry.link(
                    TarType.SYMLINK, name(words[2]), name(rest(line, 3)), owned("0777", words[1])));
        case "dir" -> writer.write(TarEntry.directory(name(words[3]), owned(words[1], words[2])));
        case "fifo" ->
            writer.write(
                new TarEntry(name(words[3]), TarType.FIFO, "", owned(words[1], words[2]), 0, 0, 0));
        case "file" -> {
          byte[] text = bytes(rest(line, 4));
          Metadata metadata = owned(words[1], words[2]);
          writer.write(TarEntry.file(name(words[3]), metadata, text.length), Content.of(text));
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
    writer.finish();
    return out.toByteArray();
  }

  private static String name(String escaped) {
    return FileNames.decode(bytes(escaped));
  }

  private Metadata owned(String mode, String owner) {
    String[] ids = owner.split(":", -1);
    return metadata(mode).withOwner(Long.parseLong(ids[0]), Long.parseLong(ids[1]));
  }

  private interface Compressor {
    OutputStream over(OutputStream out) throws IOException;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    return compressed(bytes, GZIPOutputStream::new);
  }

  private static byte[] compressed(byte[] bytes, Compressor compressor) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream compressed = compressor.over(out)) {
      compressed.write(bytes);
    }
    return out.toByteArray();
  }
}
