// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.layer.Layer;
import dev.lamina.spi.Probe;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Roots that fuse-overlayfs makes. */
class FuseTest extends HostileContract {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);

  /**
   * What was touched gets one time in the end, and so does a directory that only something else was
   * changed in: it alone differs. All else must have kept its own.
   */
  private static final String EVERYTHING =
      """
      set -e
      cd /opt
      rm -r gone; rm file
      rm -r again; mkdir again; echo x >again/new
      rm link; mkdir link; echo x >link/f
      rm -r turned; ln -s / turned
      mv dir/sub dir/moved; mv dir/f dir/g
      chmod 4755 mode; chown 1000:1000 owner
      echo more >>hard1
      ln hard2 hard4
      echo a >a; ln a b; ln -s c c; mkfifo p; mkdir -p d/e/f
      touch d/e/f/x; rm -r d/e; mkdir d/e; touch d/e/y; mv d d2
      setfattr -n user.own -v value attr
      cp rename.new rename.tmp; mv rename.tmp rename
      truncate -s 3 big; touch deep; mkdir deep/over/new; rm deep/over/1
      echo x >deep/over/4; mkdir replaced/in; touch replaced/by
      printf '' >'name with blank'
      ! setcap cap_net_raw+ep cap 2>/dev/null || echo capable
      find /opt -depth -newermt 2024-06-01 -exec touch -h -d @1700000001.987654321 {} +
      """;

  private final HostEngine engine = HostEngine.unshare().with(List.of(RootKind.FUSE));

  @Override
  RunEngine engine() {
    return engine;
  }

  private static Node.File file(String text, int mode) {
    return Node.file(Metadata.of(mode, TIME), Content.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Node link(String target) {
    return Node.symlink(Metadata.of(0777, TIME), target);
  }

  private static Changes.Builder puts(String... paths) {
    Changes.Builder changes = Changes.builder();
    for (String path : paths) {
      changes.put(TreePath.of("/opt/" + path), file(path, 0644));
    }
    return changes;
  }

  /** Returns a root of some layers, each of which takes something away from those below. */
  private static RootFs layers(Changes pending, Changes... all) throws IOException {
    LocalStore store = LocalStore.inMemory();
    List<Layer> layers = new ArrayList<>(HostPrograms.root().layers());
    FileTree tree = HostPrograms.tree();
    for (Changes changes : all) {
      Layer layer = store.layers().commit(tree.apply(changes).diff(tree));
      layers.add(layer);
      tree = tree.apply(layer.changes());
    }
    return new RootFs(tree.apply(pending), layers, pending);
  }

  private static RootFs manyLayers() throws IOException {
    Xattrs own = Xattrs.empty().with("user.kept", new byte[] {1, 0, 2});
    Changes first =
        puts("gone/a/b", "file", "again/old", "dir/sub/x", "dir/sub/y", "dir/f", "mode", "owner")
            .put(
                TreePath.of("/opt/attr"),
                file("attr", 0600).withMetadata(new Metadata(0600, 3, 4, TIME, own)))
            .put(TreePath.of("/opt/hard1"), file("hard", 0644))
            .link(TreePath.of("/opt/hard3"), TreePath.of("/opt/hard1"))
            .put(TreePath.of("/opt/hard2"), file("hard", 0644))
            .put(TreePath.of("/opt/link"), link("dir"))
            .put(TreePath.of("/opt/replaced"), link("deep"))
            .put(TreePath.of("/opt/twice"), link("/opt/deep"))
            .put(TreePath.of("/opt/turned/x"), file("x", 0644))
            .put(TreePath.of("/opt/cap"), file("cap", 0755))
            .put(TreePath.of("/opt/rename"), file("old", 0644))
            .put(TreePath.of("/opt/rename.new"), file("new", 0644))
            .put(TreePath.of("/opt/big"), file("big file", 0644))
            .put(TreePath.of("/opt/deep/over/1"), file("1", 0644))
            .put(TreePath.of("/opt/deep/over/2"), file("2", 0644))
            .build();
    Changes second =
        Changes.builder()
            .remove(TreePath.of("/opt/replaced"))
            .put(TreePath.of("/opt/replaced/by"), file("by", 0644))
            .remove(TreePath.of("/opt/twice"))
            .remove(TreePath.of("/opt/deep/over/2"))
            .put(TreePath.of("/opt/deep/over/3"), file("3", 0644))
            .build();
    Changes third = Changes.builder().put(TreePath.of("/opt/twice/x"), file("x", 0644)).build();
    return layers(
        puts("pending").remove(TreePath.of("/opt/deep/over/3")).build(), first, second, third);
  }

  /** Returns what a tree has below a directory, a line for each file. */
  private static Map<String, String> listing(FileTree tree, TreePath directory) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (Change change : tree.subtree(directory).diff(FileTree.empty())) {
      String what = change.toString();
      if (change instanceof Change.Put put && put.node() instanceof Node.File file) {
        what += " " + new String(file.content().toByteArray(), StandardCharsets.UTF_8);
      }
      if (change instanceof Change.Put put) {
        what += " " + put.node().getClass().getSimpleName() + " " + put.node().metadata();
      }
      lines.put(change.path().toString(), what);
    }
    return lines;
  }

  /** What came of a script: its output, the paths it changed, and all files below /opt. */
  private record Result(String out, List<String> paths, Map<String, String> files) {}

  private static Result run(RootKind kind, RootFs root, String script) throws Exception {
    HostEngine engine = HostEngine.unshare().with(List.of(kind));
    try (EngineSession session =
        engine.open(root, Files.createDirectories(folder.resolve(kind.word())))) {
      Outcome outcome = run(session, ProcessSpec.command("sh", "-c", script).env(PATH).build());
      assertThat(outcome.err()).isEmpty();
      FileTree after = root.tree().apply(outcome.changes());
      return new Result(
          outcome.out(), paths(outcome.changes()), listing(after, TreePath.of("/opt")));
    }
  }

  @Test
  void layerIsTheOneThatTheKernelMakes() throws Exception {
    assumeTrue(
        HostEngine.unshare().with(List.of(RootKind.OVERLAY)).probe() instanceof Probe.Available,
        "skipped: the kernel mounts no overlay here");

    assertThat(run(RootKind.FUSE, manyLayers(), EVERYTHING))
        .isEqualTo(run(RootKind.OVERLAY, manyLayers(), EVERYTHING));
  }

  @Test
  void directoryOfOneStepIsTheLowerDirectoryOfTheNext() throws Exception {
    LocalStore store = LocalStore.inMemory();
    RootFs root = manyLayers();
    List<Layer> layers = new ArrayList<>(root.layers());
    FileTree tree = LowerDirectories.tree(layers);
    for (String script :
        List.of("cd /opt; rm file; rm -r gone; mkdir gone; echo 1 >gone/1", "rm /opt/gone/1")) {
      RootFs next = new RootFs(tree, layers, Changes.none());
      try (EngineSession session = engine.open(next, folder)) {
        Layer layer = store.layers().commit(run(session, shell(script).build()).changes());
        session.committed(layer);
        layers.add(layer);
        tree = layer.applyTo(tree);
      }
    }

    Outcome outcome =
        run(
            new RootFs(tree, layers, Changes.none()),
            shell("ls -A /opt/gone; test -e /opt/file || echo none; touch /opt/gone/2").build());

    assertThat(outcome.out()).isEqualTo("none\n");
    assertThat(names(tree.apply(outcome.changes()), "/opt/gone")).containsExactly("2");
  }

  /** Fuse-overlayfs looks below directories with system calls that follow links. */
  @Test
  void linkThatALayerBelowHasInThePlaceOfADirectoryLeadsNowhere() throws Exception {
    Path sentinel = Files.createTempDirectory(folder, "sentinel");
    Path inner = Files.createDirectory(sentinel.resolve("sub"));
    Files.writeString(inner.resolve("f"), "the host's");
    TreePath directory = TreePath.of("/opt/d");
    RootFs root =
        layers(
            Changes.none(),
            Changes.builder()
                .put(directory, link(sentinel.toString()))
                .put(TreePath.of("/opt/e"), link(sentinel.toString()))
                .build(),
            Changes.builder()
                .remove(directory)
                .put(directory.resolve("own"), file("own", 0644))
                .remove(TreePath.of("/opt/e"))
                .build(),
            Changes.builder().put(TreePath.of("/opt/e/own"), file("own", 0644)).build());

    Outcome outcome =
        run(
            root,
            shell(
                    "cd /opt; for d in d e; do cd $d; ls sub; cat sub/f; mv own moved; stat sub;"
                        + " ls -A; mkdir sub; ls -A sub; echo x >sub/f; ls -A sub; cd ..; done")
                .build());

    assertThat(outcome.out()).isEqualTo("moved\nf\nmoved\nf\n");
    assertThat(paths(outcome.changes()))
        .contains("/opt/d/sub/f", "/opt/e/sub/f")
        .doesNotContain("/opt/d/f");
    assertThat(inner.resolve("f")).hasContent("the host's");
  }
}
