// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static dev.lamina.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lamina.error.LaminaException;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.TreePath;
import dev.lamina.insight.Difference;
import dev.lamina.insight.ImageDiff;
import dev.lamina.layer.Layer;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageEditsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ImageStore store;
  private Image base;
  private Image app;

  @BeforeEach
  void make() throws IOException {
    store = ImageStore.inMemory();
    Changes lower = file("/lib", "1.0");
    Samples.named(store.local(), "base:1", lower);
    Samples.named(
        store.local(),
        "app:1",
        lower,
        file("/gone", "gone"),
        Changes.builder().remove(TreePath.of("/gone")).build(),
        file("/app", "app"));
    base = store.image("base:1");
    app = store.image("app:1");
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private static List<String> steps(Image image) {
    return image.config().history().stream()
        .map(entry -> (entry.emptyLayer() ? "- " : "+ ") + entry.createdBy() + entry.comment())
        .map(text -> text.replace("buildkit.dockerfile.v0", ""))
        .toList();
  }

  @Test
  void configurationAloneChanges() throws IOException {
    Image quiet = app.withConfig(config -> config.withEnv("LEVEL", "warn").withUser("7"));
    assertThat(quiet.config().config().env()).containsExactly("A=1", "LEVEL=warn");
    assertThat(quiet.layers()).isEqualTo(app.layers());
    assertThat(quiet.config().history()).isEqualTo(app.config().history());
    assertThat(quiet.id()).isNotEqualTo(app.id());
    assertThat(quiet.reference()).isEmpty();
    assertThat(store.image("app:1")).isEqualTo(app);
    assertThat(quiet.tag("app:quiet")).isEqualTo(store.image("app:quiet"));
  }

  @Test
  void layerIsPutOnTop() throws IOException {
    Image more = app.withLayer(file("/more", "x"), "patched in");
    assertThat(more.layers().subList(0, 4)).isEqualTo(app.layers());
    assertThat(more.tree().compare(app.tree()))
        .extracting(Object::toString)
        .containsExactly("A /more");
    assertThat(steps(more)).last().isEqualTo("+ patched in");
  }

  @Test
  void layerIsTakenOutWithItsStep() throws IOException {
    Layer removal = app.layers().get(2);
    Image back = app.withoutLayer(removal);
    assertThat(back.tree().compare(app.tree()))
        .extracting(Object::toString)
        .containsExactly("A /gone");
    assertThat(steps(back)).hasSize(3).noneMatch(step -> step.contains("layer3"));
    assertThatThrownBy(() -> back.withoutLayer(removal))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void annotationsAreTheManifests() throws IOException {
    Image noted = app.withAnnotation("a", "1").withAnnotation("b", "2");
    assertThat(noted.manifest().annotations()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(noted.id()).isEqualTo(app.id());
    assertThat(noted.withConfig(c -> c.withUser("7")).manifest().annotations()).hasSize(2);
    assertThat(noted.withAnnotations(Map.of()).manifest()).isEqualTo(app.manifest());
  }

  @Test
  void squashedImageHasOneLayerAndTheSameFiles() throws IOException {
    Image squashed = app.squash();
    assertThat(squashed.layers()).hasSize(1);
    assertThat(squashed.tree().diff(app.tree())).isEmpty();
    assertThat(squashed.layers().get(0).changes())
        .extracting(change -> change.path().toString())
        .doesNotContain("/gone");
    assertThat(steps(squashed)).hasSize(5);
    assertThat(steps(squashed).subList(0, 4)).allMatch(step -> step.startsWith("- COPY"));
    assertThat(steps(squashed)).last().isEqualTo("+ merge 4 layers of " + app.id());
    assertThat(squashed.squash()).isEqualTo(squashed);
  }

  @Test
  void layersAboveABaseAreSquashed() throws IOException {
    Image squashed = app.squash(base);
    assertThat(squashed.layers()).hasSize(2);
    assertThat(squashed.layers().get(0)).isEqualTo(base.layers().get(0));
    assertThat(squashed.layers().get(1).changes())
        .extracting(change -> change.path().toString())
        .containsExactly("/app");
    assertThat(steps(squashed).get(0)).startsWith("+ COPY");
    assertThat(squashed).isEqualTo(app.squash(base));
    assertThatThrownBy(() -> base.squash(app))
        .isInstanceOf(LaminaException.class)
        .hasMessageContaining("expected to begin with the layers of " + app.id());
  }

  @Test
  void flattenedImageHasOneStep() throws IOException {
    Image flat = app.flatten();
    assertThat(steps(flat)).containsExactly("+ flattened from " + app.id());
    assertThat(flat.tree().diff(app.tree())).isEmpty();
    assertThat(flat.config().config()).isEqualTo(app.config().config());
  }

  @Test
  void imageIsPutOnAnotherBase() throws IOException {
    Samples.named(store.local(), "base:2", file("/lib", "1.1"), file("/lib2", "new"));
    Image newBase = store.image("base:2");
    Image rebased = app.rebase(base, newBase);
    assertThat(rebased.layers()).hasSize(5);
    assertThat(rebased.layers().subList(0, 2)).isEqualTo(newBase.layers());
    assertThat(rebased.layers().subList(2, 5)).isEqualTo(app.layers().subList(1, 4));
    assertThat(rebased.tree().compare(app.tree()))
        .extracting(Object::toString)
        .containsExactly("C /lib", "A /lib2");
    assertThat(rebased.config().history()).hasSize(5);
    assertThat(rebased.config().config()).isEqualTo(app.config().config());
    assertThat(app.rebase(base, base).config()).isEqualTo(app.config());
  }

  @Test
  void baseMustBeTheBaseAndForTheSamePlatform() throws IOException {
    Samples.named(store.local(), "other:1", file("/lib", "2.0"));
    Image other = store.image("other:1");
    assertThatThrownBy(() -> app.rebase(other, base))
        .isInstanceOf(LaminaException.class)
        .hasMessageContaining("expected to begin with the layers of " + other.id());
    Image foreign =
        store.image(
            Samples.put(store.local(), Platform.of("linux", "s390x"), file("/lib", "2.0"))
                .id()
                .toString());
    assertThatThrownBy(() -> app.rebase(base, foreign))
        .isInstanceOf(LaminaException.class)
        .hasMessageContaining("found one for linux/s390x");
  }

  @Test
  void imageWithoutHistoryIsEditedToo() throws IOException {
    ImageConfig bare = app.config().withLayers(app.config().diffIds(), List.<HistoryEntry>of());
    Image plain = store.image(store.local().put(bare, app.layers()).id().toString());
    assertThat(plain.squash(base).tree().diff(app.tree())).isEmpty();
    assertThat(plain.withoutLayer(app.layers().get(3)).layers()).hasSize(3);
    assertThat(plain.rebase(base, base).layers()).isEqualTo(app.layers());
  }

  @Test
  void diffNamesPackagesAndDeletedTrees() throws IOException {
    String status = "Package: bash\nStatus: install ok installed\nVersion: %s\n\n";
    Image before =
        app.withLayer(file("/var/lib/dpkg/status", status.formatted("5.1")), "")
            .withLayer(file("/opt/a/b", "b"), "");
    Image after =
        before
            .withLayer(file("/var/lib/dpkg/status", status.formatted("5.2")), "")
            .withLayer(Changes.builder().remove(TreePath.of("/opt")).build(), "");

    ImageDiff diff = Images.diff(before, after);
    assertThat(diff.of(Set.of(Difference.Kind.PACKAGE)))
        .extracting(Difference::toString)
        .containsExactly("bash: 5.1 → 5.2");
    assertThat(diff.files())
        .extracting(Difference::subject)
        .containsExactly("/opt", "/opt/a", "/opt/a/b", "/var/lib/dpkg/status");
  }

  /** What two images share isn't looked at: a hundred times as many files cost no more. */
  @Test
  void diffCostsWhatDiffers() throws IOException {
    long few = allocatedByDiff(200);
    long many = allocatedByDiff(20_000);
    assertThat(many).isLessThan(2 * few);
  }

  private long allocatedByDiff(int files) throws IOException {
    List<Change> shared = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      String path = "/usr/d" + i % 100 + "/f" + i;
      file(path, path).forEach(shared::add);
    }
    Image before = app.withLayer(Changes.of(shared), "").withLayer(file("/usr/d1/own", "1"), "");
    Image after = before.withLayer(file("/usr/d1/own", "2"), "");
    assertThat(before.tree().size()).isGreaterThan(files);
    assertThat(after.tree().size()).isGreaterThan(files);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = THREADS.getCurrentThreadAllocatedBytes();
      assertThat(Images.diff(before, after).files()).hasSize(1);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - start);
    }
    return least;
  }
}
