// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tree as the bytes of a {@link StoredTree}, and what was read of it. */
final class Stored {
  private static final byte[] NOTE = {4, 2};

  private final List<Content> contents = new ArrayList<>();
  final byte[] bytes;
  int filesRead;
  int repairs;

  Stored(FileTree tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StoredTree.write(tree, NOTE, this::number, out);
    bytes = out.toByteArray();
  }

  private long[] number(Content content) {
    contents.add(content);
    return new long[] {contents.size() - 1};
  }

  Content content(long[] numbers) {
    filesRead++;
    return contents.get((int) numbers[0]);
  }

  FileTree read() throws IOException {
    return read(
            bytes,
            () -> {
              throw new IOException("it is sound");
            })
        .orElseThrow();
  }

  /** Reads bytes that may be damaged, and are repaired. */
  Optional<FileTree> read(byte[] damaged) throws IOException {
    return read(
        damaged,
        () -> {
          repairs++;
          return Content.of(bytes);
        });
  }

  private Optional<FileTree> read(byte[] from, StoredTree.Repair repair) throws IOException {
    Optional<StoredTree> read = StoredTree.read(Content.of(from), this::content, repair);
    read.ifPresent(tree -> assertThat(tree.note()).isEqualTo(NOTE));
    return read.map(StoredTree::tree);
  }
}
