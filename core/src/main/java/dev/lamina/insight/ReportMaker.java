// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.FileTree;
import dev.lamina.oci.ImageConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lays the layers over each other and notes what becomes of each entry. For one use. */
final class ReportMaker {
  private final Timeline timeline;
  private final Places places = new Places();
  private final List<List<StoredEntry>> entries = new ArrayList<>();

  ReportMaker(Timeline timeline) {
    this.timeline = timeline;
  }

  ImageReport report(String name) throws IOException {
    FileTree before = FileTree.empty();
    for (Step step : timeline.steps()) {
      FileTree after = step.tree();
      List<StoredEntry> found = new ArrayList<>();
      if (!step.isEmptyLayer()) {
        new LayerPass(step, before, after, places, found).run();
      }
      entries.add(found);
      before = after;
    }
    Count visible = Count.NONE;
    List<StoredEntry> files = new ArrayList<>();
    for (List<StoredEntry> layer : entries) {
      for (StoredEntry entry : layer) {
        if (entry.type == EntryType.FILE && entry.isVisible()) {
          visible = visible.plus(entry.bytes);
          files.add(entry);
        }
      }
    }
    ImageConfig config = timeline.config();
    return new ImageReport(
        name,
        config.digest(),
        config.platform(),
        config.created(),
        stepReports(),
        visible,
        DuplicateSearch.search(files));
  }

  private List<StepReport> stepReports() {
    List<StepReport> reports = new ArrayList<>();
    for (Step step : timeline.steps()) {
      reports.add(
          new StepReport(
              step.number(),
              step.instruction(),
              step.entry(),
              step.diffId(),
              step.size(),
              entries.get(step.number() - 1).stream().map(StoredEntry::report).toList()));
    }
    return reports;
  }
}
