// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Content;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarReader;
import dev.lamina.tar.TarType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Picks files out of tar streams as they go by; contents are kept in one file, which stays. Not
 * safe for use by several threads.
 */
final class StreamedFiles implements Closeable {
  private final Path spool;
  private final OutputStream out;
  private long written;

  StreamedFiles(Path spool) throws IOException {
    this.spool = spool;
    this.out = Files.newOutputStream(spool);
  }

  /**
   * A file of a stream.
   *
   * @param node what it is; empty if it is one more name of another file
   * @param linkTarget that file's path; the root if it isn't one
   */
  record Entry(TreePath path, Optional<Node> node, TreePath linkTarget) {}

  /**
   * Reads a stream.
   *
   * @param place says what path a name in the stream stands for
   * @param wanted asked of every path in the stream
   * @param sink gets those that are wanted, and every further name of a file, in their order
   * @param first whether the first entry is enough: then the stream is closed behind it
   */
  void read(
      InputStream in,
      Function<String, TreePath> place,
      Predicate<TreePath> wanted,
      Consumer<Entry> sink,
      boolean first)
      throws IOException {
    TarReader reader = TarReader.over(in, TarOptions.DEFAULT);
    for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
      TarEntry entry = next.get();
      TreePath path = place.apply(entry.name());
      if (wanted.test(path) || entry.type() == TarType.HARD_LINK) {
        sink.accept(entry(path, entry, reader, place));
      }
      if (first) {
        in.close();
        return;
      }
    }
    long unused = in.transferTo(OutputStream.nullOutputStream()); // what is behind the end mark
  }

  private Entry entry(
      TreePath path, TarEntry entry, TarReader reader, Function<String, TreePath> place)
      throws IOException {
    if (entry.type() == TarType.HARD_LINK) {
      return new Entry(path, Optional.empty(), place.apply(entry.linkName()));
    }
    Content content = Content.empty();
    if (entry.type() == TarType.REGULAR) {
      try (InputStream bytes = reader.content()) {
        long size = bytes.transferTo(out);
        content = Content.ofFile(spool, written, size);
        written += size;
      }
    }
    return new Entry(path, TarNodes.node(entry, entry.metadata(), content), TreePath.ROOT);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
