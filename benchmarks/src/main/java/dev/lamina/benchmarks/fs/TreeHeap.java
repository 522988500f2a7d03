// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;

/** Prints how much heap a file takes in a tree of a million, and in jimfs. */
public final class TreeHeap {
  private static final int FILES = 1_000_000;
  private static final int JIMFS_FILES = 100_000;

  private TreeHeap() {}

  /** Measures after collecting garbage; run it with {@code -Xmx2g}. */
  public static void main(String[] args) throws IOException {
    measure("lamina", FILES, () -> Trees.tree(FILES));
    measure(
        "jimfs",
        JIMFS_FILES,
        () -> Trees.write(Jimfs.newFileSystem(Configuration.unix()).getPath("/work"), JIMFS_FILES));
  }

  /** What is measured. */
  private interface Making {
    Object make() throws IOException;
  }

  private static void measure(String name, int files, Making making) throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    long before = used();
    Object made = making.make();
    try {
      out.printf("%s: %d bytes a file, of %d%n", name, (used() - before) / files, files);
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
