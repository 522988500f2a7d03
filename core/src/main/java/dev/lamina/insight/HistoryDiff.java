// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.oci.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the steps of two images and the layers they made. */
final class HistoryDiff {
  private HistoryDiff() {}

  static void add(Timeline before, Timeline after, List<Difference> all) {
    ConfigDiff.add(history(before), history(after), Difference.Kind.HISTORY, all);
    List<Step> was = layers(before);
    List<Step> is = layers(after);
    for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
      Optional<Step> first = i < was.size() ? Optional.of(was.get(i)) : Optional.empty();
      Optional<Step> second = i < is.size() ? Optional.of(is.get(i)) : Optional.empty();
      if (!first.flatMap(Step::diffId).equals(second.flatMap(Step::diffId))) {
        all.add(
            new Difference(
                Difference.Kind.LAYER,
                "layer " + (i + 1),
                first.map(HistoryDiff::describe),
                second.map(HistoryDiff::describe)));
      }
    }
  }

  private static List<Step> layers(Timeline timeline) {
    return timeline.steps().stream().filter(step -> !step.isEmptyLayer()).toList();
  }

  private static String describe(Step step) {
    String digest = step.diffId().map(Digest::shortHex).orElse("");
    return digest + " (" + Texts.size(step.size()) + ", " + Texts.safe(step.toString()) + ")";
  }

  private static Map<String, String> history(Timeline timeline) {
    Map<String, String> history = new LinkedHashMap<>();
    for (Step step : timeline.steps()) {
      List<String> words = new ArrayList<>();
      words.add(Texts.safe(step.instruction()));
      step.entry().created().map(Instant::toString).ifPresent(words::add);
      words.add(Texts.safe(step.entry().comment()));
      words.removeIf(String::isEmpty);
      history.put("step " + step.number(), String.join(", ", words));
    }
    return history;
  }
}
