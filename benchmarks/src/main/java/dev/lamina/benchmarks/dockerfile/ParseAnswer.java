// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.Statement;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A parsed Dockerfile, or what is wrong with it, in the shape that BuildKit's structures have as
 * JSON.
 */
final class ParseAnswer {

  private ParseAnswer() {}

  static JsonObject of(JsonObject question) {
    byte[] bytes =
        question.has("base64")
            ? Base64.getDecoder().decode(question.get("base64").getAsString())
            : question.get("text").getAsString().getBytes(StandardCharsets.UTF_8);
    try {
      return describe(Dockerfile.parse(bytes, "Dockerfile"));
    } catch (DockerfileSyntaxException e) {
      JsonObject answer = new JsonObject();
      answer.addProperty("error", Text.printable(e.problem()));
      answer.addProperty("line", bytes.length == 0 ? 0 : buildkitLine(e));
      return answer;
    }
  }

  /** BuildKit counts the line of a bad directive and of one too long from zero. */
  private static int buildkitLine(DockerfileSyntaxException e) {
    boolean fromZero =
        e.problem().endsWith(" parser directive can be used")
            || e.problem().startsWith("invalid escape token ")
            || e.problem().startsWith("dockerfile line greater than ");
    return fromZero ? e.line() - 1 : e.line();
  }

  private static JsonObject describe(Dockerfile file) {
    JsonArray stages = new JsonArray();
    for (Stage stage : file.stages()) {
      JsonArray commands = new JsonArray();
      for (Statement statement : stage.statements()) {
        commands.add(InstructionJson.command(statement));
      }
      JsonObject json = new JsonObject();
      json.addProperty("name", stage.name().orElse(""));
      json.addProperty("base", Text.printable(stage.from().image()));
      json.addProperty("platform", Text.printable(stage.from().platform().orElse("")));
      json.add("commands", commands);
      stages.add(json);
    }
    JsonArray metaArgs = new JsonArray();
    for (Statement statement : file.globalArgs()) {
      Arg arg = (Arg) statement.instruction();
      metaArgs.add(InstructionJson.args(arg, statement));
    }
    JsonObject answer = new JsonObject();
    answer.add("stages", stages);
    answer.add("metaArgs", metaArgs);
    return answer;
  }
}
