// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import static dev.lamina.layer.Layers.apply;
import static dev.lamina.layer.Layers.device;
import static dev.lamina.layer.Layers.dir;
import static dev.lamina.layer.Layers.fifo;
import static dev.lamina.layer.Layers.file;
import static dev.lamina.layer.Layers.link;
import static dev.lamina.layer.Layers.list;
import static dev.lamina.layer.Layers.symlink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers that try to get out of their root, and honest ones that look as if they did. Names are
 * cleaned as if the root had no parent; links are followed inside the root; nothing that a layer
 * says is ever a path of the host.
 */
class BreakoutTest {
  /** What is below: a directory, a link to it as many images have, and a file. */
  private static FileTree lower() {
    try {
      return apply(
          FileTree.empty(),
          dir("etc/"),
          file("etc/passwd", "root"),
          dir("var/"),
          symlink("var/run", "/run"),
          symlink("etc2", "etc"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Arguments> contained() {
    return Stream.of(
        row("dots lead to the root", "pwned: x", file("../pwned", "x")),
        row("many dots too", "pwned: x", file("../../../../pwned", "x")),
        row("dots in between", "pwned: x", file("etc/../../../pwned", "x")),
        row("an absolute name is one below the root", "etc/new: x", file("/etc/new", "x")),
        row("slashes and dots are cleaned", "a/b: x", file("./a//./b", "x")),
        row("a link that is replaced", "etc2: x", file("etc2", "x")),
        row("through a link", "etc/new: x", file("etc2/new", "x")),
        row(
            "through an absolute link to what isn't there",
            "run/a/b/f: x",
            file("var/run/a/b/f", "x")),
        row(
            "through a link that leads up",
            "victim: x",
            symlink("up", "../../.."),
            file("up/victim", "x")),
        row(
            "through two links that lead up",
            "victim/f: x",
            dir("inner/"),
            symlink("inner/up", ".."),
            symlink("inner/up/out", "../victim"),
            file("inner/up/out/f", "x")),
        row(
            "through an absolute link to the host's folder",
            "tmp/f: x",
            symlink("t", "/tmp"),
            file("t/f", "x")),
        row(
            "a link's target is kept",
            "l -> ../../../../../../etc/pki",
            symlink("l", "../../../../../../etc/pki")),
        row("an absolute target is kept", "l -> /etc/shadow", symlink("l", "/etc/shadow")),
        row("a hard link up is one from the root", "h: root x2", link("h", "../../etc/passwd")),
        row("an absolute hard link", "h: root x2", link("h", "/etc/passwd")),
        row("a hard link through a link", "h: root x2", link("h", "etc2/passwd")),
        row(
            "a hard link through a link that leads up",
            "h: root x2",
            symlink("up", "../.."),
            link("h", "up/etc/passwd")),
        row(
            "a hard link to a symbolic link is the link",
            "h -> /etc/passwd x2",
            symlink("l", "/etc/passwd"),
            link("h", "l")),
        row("a hard link to what came before", "h: x x2", file("f", "x"), link("h", "f")),
        row("a hard link is replaced by a file", "h: y", link("h", "etc/passwd"), file("h", "y")),
        row("the root as a directory", "etc/", dir("./")),
        row("the root by another name", "etc/", dir("etc/..")),
        row("the last of two entries counts", "f: 2", file("f", "1"), file("f", "2")),
        row("a directory over a link", "etc2/", dir("etc2/")),
        row("a directory over a link, with a file", "etc2/f: x", dir("etc2/"), file("etc2/f", "x")),
        row("a link over a directory", "etc -> /", symlink("etc", "/")),
        row("a file over a directory", "etc: x", file("etc", "x")),
        row("a pipe over a directory", "etc |", fifo("etc")),
        row(
            "a directory over a file",
            "etc/passwd/x: y",
            dir("etc/passwd/"),
            file("etc/passwd/x", "y")),
        row("a device is kept as what it is", "dev/null #", dir("dev/"), device("dev/null")),
        row("parents are made", "a/b/c/d: x", file("a/b/c/d", "x")));
  }

  private static Arguments row(String name, String line, Layers.Entry... entries) {
    return Arguments.of(name, line, Arrays.asList(entries));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contained")
  void everythingStaysInTheRoot(String name, String line, List<Layers.Entry> entries)
      throws IOException {
    assertThat(list(apply(lower(), entries.toArray(new Layers.Entry[0])))).contains(line);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        row("the root as a file", "root", file("/", "x")),
        row("the root as a link", "root", symlink(".", "/etc")),
        row("the root as a link by dots", "root", symlink("etc/..", "/etc")),
        row("the root as a hard link", "root", link("..", "etc/passwd")),
        row("the root as a pipe", "root", fifo("./.")),
        row("a hard link to the root", "root", link("h", "/")),
        row("a hard link to a directory", "directory", link("h", "etc")),
        row("a hard link to nothing", "not found", link("h", "nothing")),
        row(
            "a hard link to a file of the host",
            "not found",
            link("h", "../../../../proc/version")),
        row("a hard link to what comes later", "not found", link("h", "f"), file("f", "x")),
        row("a hard link to a whiteout", ".wh.", link("h", ".wh.etc")),
        row("a file as a parent", "", file("f", "x"), file("f/g", "y")),
        row("links in a circle", "", symlink("a", "b"), symlink("b", "a"), file("a/f", "x")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatMakesNoSenseIsRefused(String name, String said, List<Layers.Entry> entries) {
    assertThatThrownBy(() -> apply(lower(), entries.toArray(new Layers.Entry[0])))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(said);
  }

  @Test
  void anEntryThatGoesThroughALinkLeavesTheLink() throws IOException {
    FileTree tree = apply(lower(), file("var/run/a/b/f", "x"));
    assertThat(list(tree)).contains("var/run -> /run", "run/a/b/f: x");
  }

  @Test
  void aHardLinksOwnAttributesAreIgnored() throws IOException {
    FileTree tree = apply(lower(), link("h", "etc/passwd"));
    assertThat(tree.node(TreePath.of("/h")).orElseThrow().metadata())
        .isEqualTo(lower().node(TreePath.of("/etc/passwd")).orElseThrow().metadata());
  }

  /** Sixteen kinds of replacement: a file, a full directory, a link and a device each way. */
  @Test
  void everyKindReplacesEveryOther() throws IOException {
    List<Layers.Entry> kinds =
        List.of(file("x", "f"), dir("x/"), symlink("x", "/etc"), device("x"));
    List<String> lines = List.of("x: f", "x/", "x -> /etc", "x #");
    for (Layers.Entry before : kinds) {
      FileTree base = apply(lower(), before);
      boolean directory = before.equals(kinds.get(1));
      if (directory) {
        base = apply(base, file("x/child", "c"));
      }
      for (int i = 0; i < kinds.size(); i++) {
        List<String> after = list(apply(base, kinds.get(i)));
        assertThat(after).as("%s over %s", kinds.get(i), before).contains(lines.get(i));
        assertThat(after.contains("x/child: c"))
            .as("%s over %s", kinds.get(i), before)
            .isEqualTo(directory && i == 1);
      }
    }
  }
}
