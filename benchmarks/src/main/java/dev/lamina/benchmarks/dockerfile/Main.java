// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lamina.dockerfile.DockerfileSyntaxException;
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
   * @param args the verb and what it is about
   *     <p>Ends with 0, 1 if there is something to say, or 2 if a file cannot be read.
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    int status;
    try {
      status = run(List.of(args), out);
    } catch (IOException e) {
      complain(e);
      status = 2;
    }
    out.flush();
    System.exit(status);
  }

  /** A missing file's exception has a path for its message and the reason in its name. */
  static void complain(IOException e) {
    System.err.println(
        "ERROR: " + (e instanceof DockerfileSyntaxException ? e.getMessage() : e.toString()));
  }

  private static int run(List<String> args, PrintStream out) throws IOException {
    List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
    switch (args.isEmpty() ? "" : args.get(0) + (rest.isEmpty() ? "" : " FILE")) {
      case "parse" -> answerLines(out, ParseAnswer::of);
      case "expand" -> answerLines(out, ExpandAnswer::of);
      case "ignore" -> answerLines(out, IgnoreAnswer::of);
      case "lint FILE" -> {
        return LintVerb.run(rest, out);
      }
      case "outline FILE" -> {
        return OutlineVerb.run(rest, out);
      }
      case "format FILE" -> {
        return FormatVerb.run(rest, out);
      }
      default -> {
        System.err.print(USAGE);
        return 2;
      }
    }
    return 0;
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
