// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.spi.Probe;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.store.LocalStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to make a root writable give the same changes. */
class RootKindTest {
  private static final String SCRIPT =
      """
      set -e
      cd /opt
      rm -r old; mkdir old; echo new >old/new
      rm gone
      echo more >>grows
      chmod 600 mode
      mv moves moved
      mkdir d; echo text >d/f; ln d/f d/g; ln -s ../x d/l; mkfifo d/p
      printf same >same; touch -d @1700000000 same
      """;

  @TempDir Path folder;

  private static Node.File file(String text) {
    return Node.file(
        Metadata.of(0644, Instant.ofEpochSecond(1_700_000_000)), Content.of(text.getBytes(UTF_8)));
  }

  private static FileTree tree() throws Exception {
    return HostPrograms.tree()
        .apply(
            Changes.builder()
                .put(TreePath.of("/opt/old/a"), file("a"))
                .put(TreePath.of("/opt/old/b/c"), file("c"))
                .put(TreePath.of("/opt/gone"), file("gone"))
                .put(TreePath.of("/opt/grows"), file("one\n"))
                .put(TreePath.of("/opt/mode"), file("mode"))
                .put(TreePath.of("/opt/moves"), file("moves"))
                .put(TreePath.of("/opt/same"), file("name"))
                .build());
  }

  @ParameterizedTest
  @EnumSource
  void changesAreTheSame(RootKind kind) throws Exception {
    HostEngine engine = HostEngine.unshare().with(List.of(kind));
    Probe probe = engine.probe();
    assumeTrue(probe instanceof Probe.Available, () -> "skipped: " + probe);
    FileTree before = tree();
    try (EngineSession session = engine.open(HostPrograms.root(before), folder)) {
      EngineContract.Outcome outcome =
          EngineContract.run(
              session, ProcessSpec.command("sh", "-c", SCRIPT).env(EngineContract.PATH).build());

      assertThat(outcome.err()).isEmpty();
      assertThat(session.rootKind()).isEqualTo(kind.word());
      FileTree after = before.apply(outcome.changes());
      assertThat(EngineContract.names(after, "/opt"))
          .containsExactly("d", "grows", "mode", "moved", "old", "same");
      assertThat(EngineContract.names(after, "/opt/old")).containsExactly("new");
      assertThat(after.linkCount(TreePath.of("/opt/d/g"))).isEqualTo(2);
      assertThat(text(after, "/opt/grows")).isEqualTo("one\nmore\n");
      assertThat(text(after, "/opt/moved")).isEqualTo("moves");
      assertThat(text(after, "/opt/same")).isEqualTo("same");
      assertThat(after.node(TreePath.of("/opt/mode")).orElseThrow().mode()).isEqualTo(0600);
      assertThat(EngineContract.paths(outcome.changes()))
          .allMatch(path -> path.equals("/") || path.startsWith("/opt"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun", "bubblewrap"})
  void fuseIsARootForEveryEngine(String name) throws Exception {
    HostEngine of = name.equals("bubblewrap") ? HostEngine.bubblewrap() : HostEngine.oci(name);
    HostEngine engine = of.with(List.of(RootKind.FUSE));
    Probe probe = engine.probe();
    assumeTrue(probe instanceof Probe.Available, () -> "skipped: " + probe);
    try (EngineSession session = engine.open(HostPrograms.root(tree()), folder)) {
      EngineContract.Outcome outcome =
          EngineContract.run(
              session, ProcessSpec.command("sh", "-c", SCRIPT).env(EngineContract.PATH).build());

      assertThat(outcome.err()).isEmpty();
      assertThat(EngineContract.names(tree().apply(outcome.changes()), "/opt/old"))
          .containsExactly("new");
    }
  }

  private static String text(FileTree tree, String path) throws Exception {
    Node.File file = (Node.File) tree.node(TreePath.of(path)).orElseThrow();
    return new String(file.content().toByteArray(), UTF_8);
  }

  @Test
  void moreLayersThanTheKernelTakesAreARoot() throws Exception {
    HostEngine engine = HostEngine.unshare();
    Probe probe = engine.probe();
    assumeTrue(probe instanceof Probe.Available, () -> "skipped: " + probe);
    LocalStore store = LocalStore.inMemory();
    FileTree tree = HostPrograms.tree();
    List<Layer> layers = new ArrayList<>(HostPrograms.root().layers());
    for (int i = 0; i < 520; i++) {
      Changes changes =
          Changes.builder()
              .put(TreePath.of("/opt/n" + i % 50), file("layer " + i))
              .put(TreePath.of("/opt/last"), file("layer " + i))
              .build();
      Layer layer = store.layers().commit(changes);
      layers.add(layer);
      tree = tree.apply(layer.changes());
    }
    try (EngineSession session = engine.open(new RootFs(tree, layers, Changes.none()), folder)) {
      EngineContract.Outcome outcome =
          EngineContract.run(
              session,
              ProcessSpec.command("sh", "-c", "cat /opt/last /opt/n3; rm /opt/n3; ls /opt | wc -l")
                  .env(EngineContract.PATH)
                  .build());

      assertThat(outcome.out()).isEqualTo("layer 519layer 50350\n");
    }
  }
}
