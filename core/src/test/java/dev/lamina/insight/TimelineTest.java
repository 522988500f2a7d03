// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static dev.lamina.insight.Layers.dir;
import static dev.lamina.insight.Layers.file;
import static dev.lamina.insight.Layers.image;
import static dev.lamina.insight.Layers.link;
import static dev.lamina.insight.Layers.removed;
import static dev.lamina.insight.Layers.symlink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.PathChange;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
  private static final TreePath PASSWD = TreePath.of("/etc/passwd");

  private final Layers shop =
      image()
          .step("ADD rootfs.tar / # buildkit", dir("/etc"), file("/etc/passwd", "root"))
          .empty("ENV A=b")
          .step("RUN /bin/sh -c adduser shop # buildkit", file("/etc/passwd", "root\nshop"))
          .step("RUN /bin/sh -c chmod 600 /etc/passwd", file("/etc/passwd", "root\nshop", 0600))
          .empty("CMD [\"sh\"]");

  @Test
  void everyStepHasTheTreeAfterIt() throws IOException {
    Timeline timeline = shop.timeline();

    assertThat(timeline.steps()).hasSize(5);
    assertThat(timeline.at(0).tree().size()).isEqualTo(1);
    assertThat(timeline.at(1).tree().node(PASSWD)).get().hasToString("file 0644 0:0 4 bytes");
    assertThat(timeline.at(2).tree()).isSameAs(timeline.at(1).tree());
    assertThat(timeline.at(3).tree().node(PASSWD)).get().hasToString("file 0644 0:0 9 bytes");
    assertThat(timeline.at(5).tree()).isSameAs(timeline.at(4).tree());
    assertThat(timeline.last()).isEqualTo(timeline.at(5));
  }

  @Test
  void stepsWithoutALayerAreMarked() {
    assertThat(shop.timeline().steps())
        .extracting(Step::isEmptyLayer)
        .containsExactly(false, true, false, false, true);
  }

  @Test
  void twoStepsAreComparedAsDockerDiffDoes() throws IOException {
    Timeline timeline = shop.timeline();

    assertThat(timeline.at(4).compare(timeline.at(1)))
        .extracting(PathChange::toString)
        .containsExactly("C /etc", "C /etc/passwd");
    assertThat(timeline.at(1).compare(timeline.at(4))).hasSize(2);
    assertThat(timeline.at(2).compare(timeline.at(1))).isEmpty();
    assertThat(timeline.at(3).changesSince(timeline.at(2)).size()).isEqualTo(1);
  }

  @Test
  void aStepThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> shop.timeline().at(6))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("step 6: expected 0 to 5");
  }

  @Test
  void layersWithoutHistoryComeLastAndWithoutInstruction() throws IOException {
    Timeline timeline = image().step("RUN a", file("/a", "1")).layer(file("/b", "2")).timeline();

    assertThat(timeline.steps())
        .extracting(Step::toString)
        .containsExactly("step 1: RUN a", "step 2");
    assertThat(timeline.at(2).tree().node(TreePath.of("/b"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "RUN /bin/sh -c make # buildkit ! RUN make",
        "RUN |1 VERSION=1.4 /bin/sh -c make all # buildkit ! RUN make all",
        "/bin/sh -c apt-get   update ! RUN apt-get update",
        "|2 A=1 B=x y /bin/sh -c echo $A ! RUN echo $A",
        "/bin/sh -c #(nop)  CMD [\"sh\"] ! CMD [\"sh\"]",
        "/bin/sh -c #(nop) ADD file:1a2b in / ! ADD file:1a2b in /",
        "COPY app.jar /app/ # buildkit ! COPY app.jar /app/",
        "RUN true | 1 /bin/sh -c x ! RUN true | 1 /bin/sh -c x",
        "# debian.sh --arch 'amd64' out/ ! # debian.sh --arch 'amd64' out/",
      })
  void instructionsAreReadable(String createdBy, String expected) {
    assertThat(image().empty(createdBy).timeline().at(1).instruction()).isEqualTo(expected);
  }

  @Test
  void blameNamesEveryStepThatTouchedAPath() throws IOException {
    Blame blame = shop.timeline().blame(PASSWD);

    assertThat(blame.touches()).extracting(t -> t.step().number()).containsExactly(1, 3, 4);
    assertThat(blame)
        .hasToString(
            """
            /etc/passwd:
              added by step 1: ADD rootfs.tar /
              changed by step 3: RUN adduser shop
              attributes changed by step 4: RUN chmod 600 /etc/passwd""");
    assertThat(blame.content()).get().extracting(t -> t.step().number()).isEqualTo(3);
    assertThat(blame.attributes()).get().extracting(t -> t.step().number()).isEqualTo(4);
    assertThat(blame.attributes().orElseThrow().attributes()).isEqualTo(Set.of(Attribute.MODE));
  }

  @Test
  void blameTellsWhoDeletedAPath() throws IOException {
    Blame blame =
        image()
            .step("RUN make", dir("/src"), file("/src/a", "1"))
            .step("RUN rm -r /src", removed("/src"))
            .timeline()
            .blame(TreePath.of("/src/a"));

    assertThat(blame.exists()).isFalse();
    assertThat(blame.content()).isEmpty();
    assertThat(blame.attributes()).isEmpty();
    assertThat(blame.deletion()).get().hasToString("deleted by step 2: RUN rm -r /src");
  }

  @Test
  void blameSeesAFileThatIsStoredAgainAsItWas() throws IOException {
    Blame blame =
        image()
            .step("RUN a", file("/a", "1"))
            .step("RUN b", file("/b", "1"))
            .step("RUN c", file("/a", "1"))
            .timeline()
            .blame(TreePath.of("/a"));

    assertThat(blame.touches())
        .extracting(Blame.Touch::toString)
        .containsExactly("added by step 1: RUN a", "stored again by step 3: RUN c");
    assertThat(blame.content()).get().extracting(t -> t.step().number()).isEqualTo(1);
  }

  @Test
  void blameFollowsLinksOnTheWay() throws IOException {
    Timeline timeline =
        image()
            .step("RUN a", dir("/usr"), dir("/usr/bin"), symlink("/bin", "usr/bin"))
            .step("RUN b", file("/bin/sh", "1"), link("/bin/dash", "/bin/sh"))
            .timeline();

    assertThat(timeline.blame(TreePath.of("/bin/sh")).path()).hasToString("/usr/bin/sh");
    assertThat(timeline.blame(TreePath.of("/bin/dash")).content())
        .get()
        .hasToString("added by step 2: RUN b");
    assertThat(timeline.blame(TreePath.of("/bin")).content())
        .get()
        .hasToString("added by step 1: RUN a");
  }

  @Test
  void blameOfWhatNeverWasIsEmpty() throws IOException {
    Blame blame = shop.timeline().blame(TreePath.of("/nothing/here"));

    assertThat(blame.touches()).isEqualTo(List.of());
    assertThat(blame).hasToString("/nothing/here: no step touched it");
  }
}
