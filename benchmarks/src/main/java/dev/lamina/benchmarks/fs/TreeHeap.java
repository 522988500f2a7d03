// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.lamina.benchmarks.sidebyside.Report;
import java.io.IOException;
import java.lang.ref.Reference;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Writes into {@code RESULTS.md} how much heap a file takes in a tree of a million, and in jimfs.
 */
public final class TreeHeap {
  private static final int FILES = 1_000_000;
  private static final int JIMFS_FILES = 100_000;
  private static final int MOST = 120;
  private static final int JIMFS_BLOCK = 8192;

  private TreeHeap() {}

  /** Measures after collecting garbage; run it with {@code -Xmx2g}. */
  public static void main(String[] args) throws IOException {
    long tree = bytesAFile(FILES, () -> Trees.tree(FILES));
    long jimfs =
        bytesAFile(
            JIMFS_FILES,
            () ->
                Trees.write(
                    Jimfs.newFileSystem(Configuration.unix()).getPath("/work"), JIMFS_FILES));
    new Report(Report.RESULTS)
        .put(
            "TreeHeap",
            String.format(
                Locale.ROOT,
                """
                Heap for a file of 4 bytes in a tree, after collecting garbage. Lamina's million \
                files share their content; each of the 100,000 of jimfs has a block of 8 KiB, \
                which the tree itself is not to blame for: less it, %d bytes remain.

                | | bytes a file |
                |---|---:|
                | Lamina, 1,000,000 files | %d |
                | jimfs, 100,000 files | %,d |

                - Target: no more than %d bytes a file: %d, %s

                %s; Java %s; `java -Xmx2g -cp benchmarks/target/benchmarks.jar %s`
                """,
                jimfs - JIMFS_BLOCK,
                tree,
                jimfs,
                MOST,
                tree,
                tree <= MOST ? "reached" : "missed",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.version(),
                TreeHeap.class.getName()));
  }

  /** What is measured. */
  private interface Making {
    Object make() throws IOException;
  }

  private static long bytesAFile(int files, Making making) throws IOException {
    long before = used();
    Object made = making.make();
    try {
      return (used() - before) / files;
    } finally {
      Reference.reachabilityFence(made);
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
