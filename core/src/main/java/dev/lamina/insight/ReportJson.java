// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lamina.fs.TreePath;
import dev.lamina.json.GoJson;
import dev.lamina.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** A report as JSON. What is empty or zero is left out, except the numbers of a summary. */
final class ReportJson {
  /** Raised when a field changes its meaning or goes. */
  private static final int SCHEMA = 1;

  private ReportJson() {}

  static String write(ImageReport report) {
    JsonMembers json = new JsonMembers();
    json.putAlways("schema", SCHEMA);
    json.put("name", report.name());
    json.put("id", report.id().toString());
    json.put("platform", report.platform().toString());
    report.created().ifPresent(time -> json.put("created", GoJson.time(time)));
    json.putAlways("size", report.size());
    json.put("visible", count(report.visible()));
    json.putAlways("wastedBytes", report.wastedBytes());
    json.putAlways("hiddenBytes", report.hiddenBytes());
    json.putAlways("duplicateBytes", report.duplicateBytes());
    JsonArray steps = new JsonArray();
    report.steps().forEach(step -> steps.add(step(step)));
    json.put("steps", steps);
    JsonArray waste = new JsonArray();
    report.waste().forEach(each -> waste.add(waste(each)));
    json.put("waste", waste);
    JsonArray duplicates = new JsonArray();
    report.duplicates().forEach(each -> duplicates.add(duplicate(each)));
    json.put("duplicates", duplicates);
    return new String(GoJson.write(json.object()), StandardCharsets.UTF_8);
  }

  private static JsonObject step(StepReport step) {
    JsonMembers json = new JsonMembers();
    json.putAlways("number", step.number());
    json.put("instruction", step.instruction());
    json.put("createdBy", step.history().createdBy());
    step.history().created().ifPresent(time -> json.put("created", GoJson.time(time)));
    json.put("comment", step.history().comment());
    step.diffId().ifPresent(diffId -> json.put("diffId", diffId.toString()));
    json.putAlways("size", step.size());
    json.put("added", count(step.added()));
    json.put("changed", count(step.changed()));
    json.put("again", count(step.again()));
    json.put("deleted", count(step.deleted()));
    json.put("wasted", count(step.wasted()));
    JsonArray entries = new JsonArray();
    step.entries().forEach(entry -> entries.add(entry(entry)));
    json.put("entries", entries);
    return json.object();
  }

  private static JsonObject entry(ReportEntry entry) {
    JsonMembers json = new JsonMembers();
    path(json, entry.path());
    json.put("type", word(entry.type()));
    json.put("change", word(entry.change()));
    json.put("bytes", entry.bytes());
    if (entry.goneAt() != 0) {
      json.put("goneAt", entry.goneAt());
      json.put("goneBy", word(entry.goneBy()));
    }
    return json.object();
  }

  private static JsonObject waste(Waste waste) {
    JsonMembers json = new JsonMembers();
    json.putAlways("storedBy", waste.storedBy());
    json.putAlways("hiddenBy", waste.hiddenBy());
    json.put("how", word(waste.how()));
    json.put("files", count(waste.files()));
    json.put("text", WasteAdvice.text(waste));
    return json.object();
  }

  private static JsonObject duplicate(Duplicate duplicate) {
    JsonMembers json = new JsonMembers();
    json.put("content", duplicate.content().toString());
    json.putAlways("bytes", duplicate.bytes());
    JsonArray places = new JsonArray();
    for (Duplicate.Place place : duplicate.places()) {
      JsonMembers each = new JsonMembers();
      each.putAlways("step", place.step());
      path(each, place.path());
      places.add(each.object());
    }
    json.put("places", places);
    return json.object();
  }

  private static JsonObject count(Count count) {
    JsonMembers json = new JsonMembers();
    json.putAlways("entries", count.entries());
    json.putAlways("bytes", count.bytes());
    return json.object();
  }

  /** Puts a path, and its bytes if it isn't UTF-8 and so can't be read back from the path. */
  private static void path(JsonMembers json, TreePath path) {
    String text = path.toString();
    json.put("path", text);
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      json.put("pathHex", HexFormat.of().formatHex(path.toBytes()));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
