// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.ignore.Dockerignore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Which paths a {@code .dockerignore} leaves out. */
final class IgnoreAnswer {

  /** A line that takes paths in again; Docker cuts one slash before it looks. */
  private static final Pattern TAKES_IN = Pattern.compile("\\s*(?:\\./)*/?!");

  private IgnoreAnswer() {}

  static JsonObject of(JsonObject question) {
    JsonObject answer = new JsonObject();
    List<String> paths = new ArrayList<>();
    question.getAsJsonArray("paths").forEach((JsonElement path) -> paths.add(path.getAsString()));
    try {
      Dockerignore ignore = read(question.get("ignore").getAsString(), paths);
      JsonObject excluded = new JsonObject();
      paths.forEach(path -> excluded.addProperty(path, ignore.excludes(path)));
      answer.add("excluded", excluded);
    } catch (DockerfileSyntaxException e) {
      answer.addProperty("error", e.problem());
    }
    return answer;
  }

  /**
   * Docker finds some patterns bad only when it comes to apply them, which it does where they could
   * change the answer so far. Where paths are given and it never comes to that, they are left out.
   */
  private static Dockerignore read(String text, List<String> paths)
      throws DockerfileSyntaxException {
    try {
      return Dockerignore.parse(text);
    } catch (DockerfileSyntaxException e) {
      String[] lines = text.split("\n", -1);
      String bad = lines[e.line() - 1];
      int start = e.line() == 1 && bad.startsWith("\uFEFF") ? 1 : 0; // a byte order mark
      Dockerignore before = Dockerignore.parse(head(lines, e.line() - 1));
      boolean takesIn = TAKES_IN.matcher(bad.substring(start)).lookingAt();
      boolean applied =
          paths.isEmpty() || paths.stream().anyMatch(path -> before.excludes(path) == takesIn);
      if (applied || !e.problem().startsWith("pattern that can match nothing")) {
        throw e;
      }
      lines[e.line() - 1] = "";
      return read(String.join("\n", lines), paths);
    }
  }

  private static String head(String[] lines, int count) {
    return String.join("\n", Arrays.asList(lines).subList(0, count));
  }
}
