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
import java.util.List;
import java.util.function.Function;

/** Answers {@code lamina-dockerfile}'s verbs. */
public final class Main {

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private Main() {}

  private static final String USAGE =
      """
      usage: lamina-dockerfile VERB [FILE...]

        lint FILE...      what is wrong with Dockerfiles, as docker build --check says it
        outline FILE      its targets, and what the last needs: arguments, secrets, SSH agents
        outline FILE NAME the same of another target
        format FILE       the file in Docker's usual layout; comments and continued lines stay

      and, for judging the module, with JSON lines in and out:

        parse | expand | ignore
      """;

  /**
   * Runs one verb.
   *
   * <p>Ends with 0, 1 if there is something to say, or 2 if a file or the verb cannot be read.
   *
   * @param args the verb and what it is about
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    int status = run(List.of(args), new Console(System.in, out, System.err));
    out.flush();
    System.exit(status);
  }

  /** Runs one verb and returns the status to end with. */
  static int run(List<String> args, Console console) {
    List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
    try {
      switch (args.isEmpty() ? "" : args.get(0) + (rest.isEmpty() ? "" : " FILE")) {
        case "parse" -> answerLines(console, ParseAnswer::of);
        case "expand" -> answerLines(console, ExpandAnswer::of);
        case "ignore" -> answerLines(console, IgnoreAnswer::of);
        case "lint FILE" -> {
          return LintVerb.run(rest, console);
        }
        case "outline FILE" -> {
          return OutlineVerb.run(rest, console);
        }
        case "format FILE" -> FormatVerb.run(rest, console);
        default -> {
          console.err().print(USAGE);
          return 2;
        }
      }
      return 0;
    } catch (IOException e) {
      console.complain(e);
      return 2;
    }
  }

  private static void answerLines(Console console, Function<JsonObject, JsonObject> answer)
      throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonObject question = JsonParser.parseString(line).getAsJsonObject();
      console.out().println(GSON.toJson(answer.apply(question)));
    }
  }
}
