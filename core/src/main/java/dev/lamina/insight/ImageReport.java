// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.oci.Digest;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an image consists of and what it wastes: each layer with its size, its instruction and what
 * it adds, changes and deletes; bytes that later layers hide; files stored more than once.
 *
 * <pre>{@code
 * ImageReport report = ImageReport.of("shop/app:1.4", timeline);
 * System.out.println(report.toText());
 * Files.writeString(Path.of("report.html"), report.toHtml());
 * }</pre>
 *
 * <p>It is made of values only: the image's store can be closed. It depends on nothing but the
 * image and the name it is called by.
 *
 * @param name what the image is called here
 * @param id the image's ID
 * @param platform what it runs on
 * @param created when it was made, if it says
 * @param steps the steps, the first first
 * @param visible the regular files of the image and their bytes; a file with several names counts
 *     once
 * @param duplicates files with the same bytes, the greatest waste first
 */
public record ImageReport(
    String name,
    Digest id,
    Platform platform,
    Optional<Instant> created,
    List<StepReport> steps,
    Count visible,
    List<Duplicate> duplicates) {
  /** Copies the lists. */
  public ImageReport {
    steps = List.copyOf(steps);
    duplicates = List.copyOf(duplicates);
  }

  /**
   * Looks into an image. Bytes are read only of files that may be equal to others.
   *
   * @param name what the image is to be called in the report
   * @throws IOException if a layer can't be read
   */
  public static ImageReport of(String name, Timeline timeline) throws IOException {
    return new ReportMaker(timeline).report(name);
  }

  /** Returns the size of all layers, uncompressed, in bytes. */
  public long size() {
    return steps.stream().mapToLong(StepReport::size).sum();
  }

  /** Returns how many layers there are. */
  public int layerCount() {
    return (int) steps.stream().filter(step -> step.diffId().isPresent()).count();
  }

  /** Returns the bytes of files that later layers hide. */
  public long hiddenBytes() {
    return steps.stream().mapToLong(step -> step.wasted().bytes()).sum();
  }

  /** Returns the bytes that one copy of each duplicate would save. */
  public long duplicateBytes() {
    return duplicates.stream().mapToLong(Duplicate::wastedBytes).sum();
  }

  /** Returns all bytes carried for nothing. */
  public long wastedBytes() {
    return hiddenBytes() + duplicateBytes();
  }

  /** Returns which step hides what which step stored, the greatest waste first. */
  public List<Waste> waste() {
    return WasteList.of(steps);
  }

  /** Returns the largest files that are to be seen in the image, the largest first. */
  public List<ReportEntry> largestFiles(int limit) {
    return steps.stream()
        .flatMap(step -> step.entries().stream())
        .filter(e -> e.type() == EntryType.FILE && e.goneAt() == 0)
        .filter(e -> e.change() != ChangeKind.DELETED)
        .sorted(
            Comparator.comparingLong(ReportEntry::bytes)
                .reversed()
                .thenComparing(ReportEntry::path))
        .limit(limit)
        .toList();
  }

  /** Returns the report as text for a terminal, with a line feed after each line. */
  public String toText() {
    return new ReportText(this).write();
  }

  /** Returns the report as JSON, with every entry of every layer; {@code docs/} has its fields. */
  public String toJson() {
    return ReportJson.write(this);
  }

  /**
   * Returns the report as one HTML page that needs nothing else: a treemap for each layer, a slider
   * over the steps, a search. It loads nothing from anywhere, and what is in the image can't do
   * anything in it.
   */
  public String toHtml() {
    return ReportHtml.write(this);
  }
}
