// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lamina.json.GoJson;
import dev.lamina.json.JsonMembers;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A report as one HTML page. What is in the image stands in it as JSON in which no {@code <} is
 * left, and the page's script sets it as text only. Its policy lets that one script and that one
 * style in, by their digests, and nothing be loaded.
 */
final class ReportHtml {
  private static final int LISTED = 100;

  private ReportHtml() {}

  static String write(ImageReport report) {
    String style = resource("report.css");
    String script = resource("report.js");
    Map<String, String> parts = new HashMap<>();
    parts.put("title", escape(Texts.safe(report.name())));
    parts.put("style", style);
    parts.put("script", script);
    parts.put("data", new String(GoJson.write(data(report)), StandardCharsets.UTF_8));
    parts.put(
        "policy",
        "default-src 'none'; img-src data:; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(digest(style), digest(script)));
    return fill(resource("report.html"), parts);
  }

  /** Puts the parts in; what stands in a part is not looked at again. */
  private static String fill(String template, Map<String, String> parts) {
    StringBuilder page = new StringBuilder();
    int done = 0;
    for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", done)) {
      int close = template.indexOf("}}", open);
      page.append(template, done, open).append(parts.get(template.substring(open + 2, close)));
      done = close + 2;
    }
    return page.append(template.substring(done)).toString();
  }

  private static JsonObject data(ImageReport report) {
    JsonMembers json = new JsonMembers();
    json.putAlways("name", Texts.safe(report.name()));
    json.put("id", report.id().toString());
    json.put("platform", report.platform().toString());
    report
        .created()
        .map(time -> time.truncatedTo(ChronoUnit.SECONDS))
        .ifPresent(time -> json.put("created", GoJson.time(time)));
    json.put("figures", figures(report));
    Map<String, Integer> paths = new LinkedHashMap<>();
    JsonArray steps = new JsonArray();
    report.steps().forEach(step -> steps.add(step(step, paths)));
    json.put("steps", steps);
    json.put("paths", JsonMembers.array(paths.keySet()));
    json.put(
        "waste",
        JsonMembers.array(report.waste().stream().limit(LISTED).map(WasteAdvice::text).toList()));
    json.put(
        "duplicates",
        JsonMembers.array(
            report.duplicates().stream().limit(LISTED).map(ReportHtml::duplicate).toList()));
    return json.object();
  }

  private static JsonArray figures(ImageReport report) {
    JsonArray figures = new JsonArray();
    figure(figures, "Layers", Integer.toString(report.layerCount()));
    figure(figures, "Size", Texts.size(report.size()));
    figure(figures, "Files", Texts.number(report.visible().entries()));
    figure(figures, "Visible", Texts.size(report.visible().bytes()));
    figure(figures, "Wasted", Texts.size(report.wastedBytes()));
    return figures;
  }

  private static void figure(JsonArray figures, String what, String value) {
    JsonArray figure = new JsonArray();
    figure.add(what);
    figure.add(value);
    figures.add(figure);
  }

  private static JsonObject step(StepReport step, Map<String, Integer> paths) {
    JsonMembers json = new JsonMembers();
    json.putAlways("instruction", Texts.safe(step.instruction()));
    json.putAlways("createdBy", Texts.safe(step.history().createdBy()));
    step.diffId().ifPresent(diffId -> json.put("diffId", diffId.toString()));
    json.putAlways("size", step.size());
    json.putAlways("wasted", step.wasted().bytes());
    json.putAlways("did", did(step));
    JsonArray entries = new JsonArray();
    for (ReportEntry entry : step.entries()) {
      String path = Texts.safe(entry.path().toString());
      entries.add(paths.computeIfAbsent(path, p -> paths.size()));
      entries.add(entry.type() == EntryType.FILE ? 0 : 1);
      entries.add(number(entry.change()));
      entries.add(entry.bytes());
      entries.add(entry.goneAt());
      entries.add(number(entry.goneBy()));
    }
    json.put("entries", entries);
    return json.object();
  }

  /** Returns the number the page's script has for a kind. */
  private static int number(ChangeKind kind) {
    return switch (kind) {
      case ADDED -> 0;
      case CHANGED -> 1;
      case ATTRIBUTES -> 2;
      case AGAIN -> 3;
      case DELETED -> 4;
    };
  }

  private static String did(StepReport step) {
    if (step.diffId().isEmpty()) {
      return "Changes the configuration only.";
    }
    StringBuilder text = new StringBuilder("Layer of " + Texts.size(step.size()));
    did(text, "added", step.added());
    did(text, "changed", step.changed());
    did(text, "stored again unchanged", step.again());
    did(text, "deleted", step.deleted());
    if (step.wasted().bytes() > 0) {
      text.append(" — ").append(Texts.size(step.wasted().bytes())).append(" hidden by later steps");
    }
    return text.toString();
  }

  private static void did(StringBuilder text, String what, Count count) {
    if (count.entries() > 0) {
      text.append("; ").append(Texts.number(count.entries())).append(' ').append(what);
      text.append(' ').append(count.bytes() == 0 ? "" : "(" + Texts.size(count.bytes()) + ")");
    }
    while (text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
  }

  private static String duplicate(Duplicate duplicate) {
    StringBuilder text = new StringBuilder(Texts.size(duplicate.bytes()) + ", the same bytes: ");
    String separator = "";
    for (Duplicate.Place place : duplicate.places().stream().limit(4).toList()) {
      text.append(separator).append(Texts.safe(place.path().toString()));
      text.append(" (step ").append(place.step()).append(')');
      separator = ", ";
    }
    int more = duplicate.places().size() - 4;
    return more > 0 ? text + " and " + more + " more" : text.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String digest(String text) {
    byte[] hash = Digest.hasher("sha256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(hash);
  }

  private static String resource(String name) {
    try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from Lamina's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
