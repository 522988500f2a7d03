// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {
  /** All in the writable top, and in a spill file. */
  @Nested
  class OverNothing extends FileSystemContract {
    private final OverlayFileSystem fs =
        OverlayFileSystem.builder(FileTree.empty()).memoryThreshold(0).build();

    @Override
    Path open() throws IOException {
      ContractFixture.lower(fs.getPath("/"));
      return fs.getPath("/");
    }

    @Override
    void close() throws IOException {
      fs.close();
    }
  }

  /** The lower files come from three layers. */
  @Nested
  class OverThreeLayers extends FileSystemContract {
    private OverlayFileSystem fs = OverlayFileSystem.over(FileTree.empty());

    @Override
    Path open() throws IOException {
      FileTree empty = fs.snapshot();
      Files.writeString(fs.getPath("/other"), "other");
      FileTree one = fs.snapshot();
      ContractFixture.lower(fs.getPath("/"));
      FileTree two = fs.snapshot();
      Files.delete(fs.getPath("/other"));
      FileTree three = fs.snapshot();
      FileTree tree = empty.apply(one.diff(empty)).apply(two.diff(one)).apply(three.diff(two));
      fs = OverlayFileSystem.over(tree);
      return fs.getPath("/");
    }

    @Override
    void close() throws IOException {
      fs.close();
    }
  }

  /** A snapshot was taken after the lower files were written. */
  @Nested
  class AfterASnapshot extends FileSystemContract {
    private final OverlayFileSystem fs = OverlayFileSystem.over(FileTree.empty());
    private String before = "";
    private FileTree snapshot = FileTree.empty();

    @Override
    Path open() throws IOException {
      ContractFixture.lower(fs.getPath("/"));
      snapshot = fs.snapshot();
      before = Trees.list(snapshot);
      return fs.getPath("/");
    }

    @Override
    void close() throws IOException {
      fs.close();
      org.assertj.core.api.Assertions.assertThat(Trees.list(snapshot)).isEqualTo(before);
    }
  }

  /** The oracle: what the host's own file system does. */
  @Nested
  class OnTheHost extends FileSystemContract {
    @TempDir Path folder;

    @Override
    Path open() throws IOException {
      ContractFixture.lower(folder);
      return folder;
    }

    @Override
    void close() {}
  }
}
