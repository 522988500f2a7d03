// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders of many files, a hundred in each. */
public final class SampleFolders {
  private SampleFolders() {}

  /** Returns the path of a file, without a slash before it. */
  public static String file(int i) {
    return "d" + i / 10_000 + "/e" + i / 100 % 100 + "/file" + i % 100;
  }

  /** Deletes a folder of any file system with all that is in it. */
  public static void delete(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
