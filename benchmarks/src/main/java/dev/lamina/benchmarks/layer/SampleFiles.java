// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.layer;

import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.time.Instant;

/** Layers of many files. */
final class SampleFiles {
  static final Metadata PLAIN = Metadata.of(0644, Instant.ofEpochSecond(1_700_000_000));

  private SampleFiles() {}

  /** Files that are slices of some bytes, one after the other. */
  static Changes files(byte[] bytes, int count) {
    return files(bytes, count, 0, count);
  }

  /** Some of those files. */
  static Changes files(byte[] bytes, int count, int from, int to) {
    Content all = Content.of(bytes);
    int size = bytes.length / count;
    Changes.Builder changes = Changes.builder();
    for (int i = from; i < to; i++) {
      Content content = all.slice((long) i * size, size);
      changes.put(TreePath.of(SampleFolders.file(i)), Node.file(PLAIN, content));
    }
    return changes.build();
  }
}
