// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a path leads inside a tree, also where there is nothing yet. */
class FollowTest {
  private static FileTree tree;

  @BeforeAll
  static void make() throws IOException {
    try (OverlayFileSystem files = OverlayFileSystem.over(FileTree.empty())) {
      Files.createDirectories(files.getPath("/srv/app/lib"));
      Files.writeString(files.getPath("/srv/file"), "x");
      link(files, "/absolute", "/srv/app");
      link(files, "/srv/relative", "app/lib");
      link(files, "/srv/up", "../../../srv/app");
      link(files, "/srv/dangling", "/not/there");
      link(files, "/a", "/b");
      link(files, "/b", "/a");
      for (int i = 0; i < 255; i++) {
        link(files, "/chain" + i, i == 0 ? "/srv" : "chain" + (i - 1));
      }
      link(files, "/chain255", "chain254");
      tree = files.snapshot();
    }
  }

  private static void link(OverlayFileSystem files, String at, String to) throws IOException {
    Path unused = Files.createSymbolicLink(files.getPath(at), files.getPath(to));
  }

  @ParameterizedTest
  @CsvSource({
    "/,                      /",
    "srv//./app/,            /srv/app",
    "/absolute/lib,          /srv/app/lib",
    "/absolute/..,           /srv",
    "/srv/relative/x,        /srv/app/lib/x",
    "/srv/relative/..,       /srv/app",
    "/srv/up,                /srv/app",
    "/srv/dangling/below,    /not/there/below",
    "/new/../absolute,       /srv/app",
    "/srv/file/below,        /srv/file/below",
    "/../../absolute,        /srv/app",
    "/chain254/app,          /srv/app"
  })
  void leadsTo(String path, String place) throws IOException {
    assertThat(tree.follow(path)).isEqualTo(TreePath.of(place));
  }

  @Test
  void aPathThatIsCleanAlreadyIsFollowedAsItsText() throws IOException {
    assertThat(tree.follow(TreePath.of("/absolute/lib"))).isEqualTo(TreePath.of("/srv/app/lib"));
  }

  @ParameterizedTest
  @CsvSource({"/a", "/b/x", "/chain255"})
  void moreThan255LinksAreRefused(String path) {
    assertThatThrownBy(() -> tree.follow(path))
        .isInstanceOf(FileSystemLoopException.class)
        .hasMessageContaining(path);
  }
}
