// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Answers {@code lamina-dockerfile}'s verbs. */
public final class Main {

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private Main() {}

  /**
   * Runs one verb.
   *
   * @param args the verb: {@code parse}, {@code expand} or {@code ignore}, which read and write
   *     JSON lines
   * @throws IOException if standard input cannot be read
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    switch (args.length == 0 ? "" : args[0]) {
      case "parse" -> answerLines(out, ParseAnswer::of);
      case "expand" -> answerLines(out, ExpandAnswer::of);
      case "ignore" -> answerLines(out, IgnoreAnswer::of);
      default -> {
        System.err.println("usage: lamina-dockerfile parse");
        System.exit(2);
      }
    }
    out.flush();
  }

  private static void answerLines(PrintStream out, Function<JsonObject, JsonObject> answer)
      throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(GSON.toJson(answer.apply(JsonParser.parseString(line).getAsJsonObject())));
    }
  }
}
