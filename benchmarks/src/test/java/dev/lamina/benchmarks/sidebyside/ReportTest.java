// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Row ROW =
      new Row("noop", "Nothing changed.", List.of(Target.cpu("peer", 10)), bench -> List.of());

  @TempDir private Path folder;

  @Test
  void sectionOfARowIsReplacedAndTheOthersStay() throws Exception {
    Path file = folder.resolve("RESULTS.md");
    Files.writeString(file, "# Results\n\n## noop\n\nold\n\n## other\n\nby hand\n");

    new Report(file).put(ROW, outcomes(12), "2026-01-01, a machine");

    assertThat(file)
        .content()
        .startsWith("# Results\n\n## noop\n\nNothing changed.\n\n")
        .endsWith("2026-01-01, a machine\n\n## other\n\nby hand\n")
        .doesNotContain("old");
  }

  @Test
  void ratiosAndTargetsAreSaid() throws Exception {
    Path file = folder.resolve("RESULTS.md");

    new Report(file).put(ROW, outcomes(12), "");

    assertThat(file)
        .content()
        .contains("| peer | 12.000 | 1.000 | 3 | 12.0 | 1.00 | 1 |")
        .contains("- Target: peer takes at least 10.0 × as much CPU: 12.0, reached");
  }

  @Test
  void fasterPeerIsATargetMissed() throws Exception {
    Path file = folder.resolve("RESULTS.md");

    new Report(file).put(ROW, outcomes(0.5), "");

    assertThat(file).content().contains("× as much CPU: 0.50, missed");
  }

  @Test
  void sizesAreSaidWhereSomethingWasMade() throws Exception {
    Path file = folder.resolve("RESULTS.md");
    Row row =
        new Row("codec", "Bytes.", List.of(Target.size("peer", 1 / 1.02)), bench -> List.of());
    List<Outcome> outcomes =
        List.of(
            new Outcome("Lamina", List.of(new Cost(1, 1, 1 << 20)), 2 << 20, ""),
            new Outcome("peer", List.of(new Cost(4, 1, 3 << 20)), 1 << 20, ""));

    new Report(file).put(row, outcomes, "");

    assertThat(file)
        .content()
        .contains("| | CPU s | wall s | memory MB | size MB | CPU × | wall × | size × | runs |")
        .contains("| peer | 4.000 | 1.000 | 3 | 1.0 | 4.00 | 1.00 | 0.500 | 1 |")
        .contains("- Target: peer takes at least 0.98 × as much size: 0.50, missed");
  }

  @Test
  void limitHoldsForASideAlone() throws Exception {
    Path file = folder.resolve("RESULTS.md");
    Row row =
        new Row("noop", "Nothing.", List.of(Target.atMost("peer", 0.003)), bench -> List.of());

    new Report(file).put(row, outcomes(1), "");

    assertThat(file)
        .content()
        .contains("- Target: peer takes no more than 0.0030 s wall: 1.00, missed");
  }

  @Test
  void problemStandsInThePlaceOfFigures() throws Exception {
    Path file = folder.resolve("RESULTS.md");
    List<Outcome> outcomes =
        List.of(outcomes(1).get(0), new Outcome("peer", List.of(), 0, "failed: a | b\nc"));

    new Report(file).put(ROW, outcomes, "");

    assertThat(file)
        .content()
        .contains("| peer | failed: a \\| b c ||||||")
        .contains("not measured");
  }

  private static List<Outcome> outcomes(double peer) {
    return List.of(
        new Outcome("Lamina", List.of(new Cost(1, 1, 1 << 20)), 0, ""),
        new Outcome("peer", List.of(new Cost(peer, 1, 3 << 20)), 0, ""));
  }
}
