// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.expand.WordExpander;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What a word with variables becomes. */
final class ExpandAnswer {

  private ExpandAnswer() {}

  static JsonObject of(JsonObject question) {
    List<String> entries = new ArrayList<>();
    if (question.has("env")) {
      for (JsonElement entry : question.getAsJsonArray("env")) {
        entries.add(entry.getAsString());
      }
    }
    JsonObject answer = new JsonObject();
    try {
      WordExpander.Expanded expanded =
          expander(question)
              .process(question.get("word").getAsString(), Variables.ofEntries(entries));
      JsonArray words = new JsonArray();
      expanded.words().forEach(word -> words.add(Text.printable(word)));
      answer.addProperty("result", Text.printable(expanded.text()));
      answer.add("words", words);
      answer.addProperty("unmatched", String.join(",", new TreeSet<>(expanded.unset())));
    } catch (ExpansionException e) {
      answer.addProperty("error", e.problem());
    }
    return answer;
  }

  private static WordExpander expander(JsonObject question) {
    String escape = question.has("escape") ? question.get("escape").getAsString() : "\\";
    WordExpander expander = WordExpander.withEscape(escape.charAt(0));
    expander = switched(question, "rawQuotes", expander, WordExpander::keepingQuotes);
    expander = switched(question, "rawEscapes", expander, WordExpander::keepingEscapes);
    expander = switched(question, "skipProcessQuotes", expander, WordExpander::ignoringQuotes);
    return switched(question, "skipUnsetEnv", expander, WordExpander::keepingUnset);
  }

  private static WordExpander switched(
      JsonObject question, String name, WordExpander expander, UnaryOperator<WordExpander> other) {
    JsonElement given = question.get(name);
    boolean on = given instanceof JsonPrimitive flag && flag.getAsBoolean();
    return on ? other.apply(expander) : expander;
  }
}
