// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import java.util.List;

/** A report as text for a terminal. For one use. */
final class ReportText {
  private static final int TOP = 10;

  private final ImageReport report;
  private final StringBuilder out = new StringBuilder();

  ReportText(ImageReport report) {
    this.report = report;
  }

  String write() {
    line(Texts.safe(report.name()) + "  " + report.id() + "  " + report.platform());
    line(
        Texts.size(report.size())
            + " in "
            + plural(report.layerCount(), "layer")
            + "; "
            + Texts.size(report.visible().bytes())
            + " in "
            + plural(report.visible().entries(), "file")
            + " to be seen; "
            + Texts.size(report.wastedBytes())
            + " carried for nothing ("
            + percent(report.wastedBytes(), report.size())
            + ")");
    line("");
    steps();
    waste();
    duplicates();
    largest();
    return out.toString();
  }

  private void steps() {
    line(row("step", "size", "added", "changed", "again", "deleted", "wasted", "instruction"));
    for (StepReport step : report.steps()) {
      boolean layer = step.diffId().isPresent();
      line(
          row(
              Integer.toString(step.number()),
              layer ? Texts.size(step.size()) : "-",
              entries(step.added()),
              entries(step.changed()),
              entries(step.again()),
              entries(step.deleted()),
              step.wasted().bytes() == 0 ? "" : Texts.size(step.wasted().bytes()),
              instruction(step)));
    }
  }

  private void waste() {
    List<Waste> waste = report.waste();
    if (waste.isEmpty()) {
      return;
    }
    line("");
    line("Hidden by later steps: " + Texts.size(report.hiddenBytes()));
    for (Waste each : waste.subList(0, Math.min(TOP, waste.size()))) {
      line("  " + WasteAdvice.text(each));
    }
    more(waste.size());
  }

  private void duplicates() {
    List<Duplicate> duplicates = report.duplicates();
    if (duplicates.isEmpty()) {
      return;
    }
    line("");
    line("Stored more than once: " + Texts.size(report.duplicateBytes()) + " could be saved");
    for (Duplicate each : duplicates.subList(0, Math.min(TOP, duplicates.size()))) {
      line("  " + Texts.size(each.bytes()) + ", " + plural(each.places().size(), "time") + ":");
      List<Duplicate.Place> places = each.places();
      for (Duplicate.Place place : places.subList(0, Math.min(3, places.size()))) {
        line("    step " + place.step() + "  " + Texts.safe(place.path().toString()));
      }
      if (places.size() > 3) {
        line("    and " + (places.size() - 3) + " more");
      }
    }
    more(duplicates.size());
  }

  private void largest() {
    List<ReportEntry> largest = report.largestFiles(TOP);
    if (largest.isEmpty()) {
      return;
    }
    line("");
    line("Largest files");
    for (ReportEntry file : largest) {
      line(
          String.format("  %9s  %s", Texts.size(file.bytes()), Texts.safe(file.path().toString())));
    }
  }

  private void more(int count) {
    if (count > TOP) {
      line("  and " + (count - TOP) + " more");
    }
  }

  private static String instruction(StepReport step) {
    String text = step.instruction().isEmpty() ? "(not said)" : Texts.safe(step.instruction());
    return text.length() <= 90 ? text : text.substring(0, 89) + "…";
  }

  private static String row(
      String number,
      String size,
      String added,
      String changed,
      String again,
      String deleted,
      String wasted,
      String instruction) {
    return String.format(
        "%4s  %9s  %7s  %7s  %7s  %7s  %9s  %s",
        number, size, added, changed, again, deleted, wasted, instruction);
  }

  private static String entries(Count count) {
    return count.entries() == 0 ? "" : Long.toString(count.entries());
  }

  private static String plural(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String percent(long part, long whole) {
    return whole == 0 ? "0 %" : Math.round(100.0 * part / whole) + " %";
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}
