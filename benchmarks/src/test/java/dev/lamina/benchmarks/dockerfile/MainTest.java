// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code lamina-dockerfile} prints, where, and how it ends. */
class MainTest {

  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private static Result run(String in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            List.of(args),
            new Console(
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8)));
    return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** The answer to one question. */
  private static String answer(String verb, JsonObject question) {
    Result result = run(question + "\n", verb);
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    return result.out().strip();
  }

  private static JsonObject question(String name, String value) {
    JsonObject question = new JsonObject();
    question.addProperty(name, value);
    return question;
  }

  @Test
  void parseDescribesStagesAndGlobalArguments() {
    String text = "ARG V=1\nFROM --platform=linux/arm64 debian:$V AS Tools\nUSER me\n";
    assertThat(JsonParser.parseString(answer("parse", question("text", text))))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"stages": [{"name": "tools", "base": "debian:$V", "platform": "linux/arm64",
                  "commands": [{"cmd": "user", "v": {"User": "me"}}]}],
                 "metaArgs": [{"Args": [{"Key": "V", "Value": "1", "DocComment": ""}]}]}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "FROM a|RUN --mont=x a, 2, 'unknown flag: --mont'",
    "FROM a|||FLY, 4, 'unknown instruction: FLY'",
    "'# escape=x|FROM a', 0, 'invalid escape token'",
    "'', 0, 'file with no instructions'",
  })
  void parseTellsErrorsWithTheirLine(String text, int line, String problem) {
    String json = answer("parse", question("text", text.replace('|', '\n')));
    JsonObject answer = JsonParser.parseString(json).getAsJsonObject();
    assertThat(answer.get("line").getAsInt()).as(json).isEqualTo(line);
    assertThat(answer.get("error").getAsString()).contains(problem);
  }

  @Test
  void parseTakesBytesThatAreNoText() {
    byte[] bytes = "FROM a\nUSER \377\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    assertThat(answer("parse", question("base64", base64))).contains("{\"User\":\"\uFFFD\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "$A ${B:-b c}; {\"result\":\"1 b c\",\"words\":[\"1\",\"b\",\"c\"],\"unmatched\":\"B\"}",
        "'$A'; {\"result\":\"$A\",\"words\":[\"$A\"],\"unmatched\":\"\"}",
        "${A; {\"error\":\"failed to process \\\"${A\\\": unsupported modifier (\uFFFD) in"
            + " substitution\"}",
      })
  void expandPutsInVariables(String word, String answer) {
    JsonObject question = question("word", word);
    question.add("env", JsonParser.parseString("[\"A=1\"]"));
    assertThat(answer("expand", question)).isEqualTo(answer);
  }

  @Test
  void expandHasTheLexersModes() {
    JsonObject question = question("word", "\"$A\" `$B");
    question.addProperty("escape", "`");
    question.addProperty("rawQuotes", true);
    question.addProperty("skipUnsetEnv", true);
    assertThat(answer("expand", question)).contains("\"result\":\"\\\"$A\\\" $B\"");
  }

  @Test
  void ignoreTellsWhichPathsAreLeftOut() {
    JsonObject question = question("ignore", "*\n!src\nsrc/[a-b]*\n");
    question.add("paths", JsonParser.parseString("[\"pom.xml\", \"src/x\", \"src/a.c\"]"));
    assertThat(answer("ignore", question))
        .isEqualTo("{\"excluded\":{\"pom.xml\":true,\"src/x\":false,\"src/a.c\":true}}");
    JsonObject bad = question("ignore", "a\n!\n");
    bad.add("paths", JsonParser.parseString("[\"a\"]"));
    assertThat(answer("ignore", bad)).startsWith("{\"error\":");
  }

  @Test
  void everyLineIsAQuestion() {
    Result result = run("{\"word\":\"a\"}\n{\"word\":\"${\"}\n{\"word\":\"b\"}\n", "expand");
    assertThat(result.status()).isZero();
    assertThat(result.out().lines()).hasSize(3);
  }

  @Test
  void lintPrintsWhatIsWrongWithItsLines() throws IOException {
    String bad = file("Dockerfile", "FROM scratch as x\nMAINTAINER me\n");
    String good = file("Good", "FROM scratch\n");
    Result result = run("", "lint", bad, good);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(
            "FromAsCasing - https://docs.docker.com/go/dockerfile/rule/from-as-casing/",
            "   1 | >>> FROM scratch as x",
            "MaintainerDeprecated",
            good + ": no warnings found.");
  }

  @Test
  void lintOfAFileThatIsFineEndsWithZero() throws IOException {
    assertThat(run("", "lint", file("Dockerfile", "FROM scratch\n")).status()).isZero();
  }

  @Test
  void lintReadsTheIgnoreFileOfTheDockerfilesOwnName() throws IOException {
    String path = file("Dockerfile", "FROM scratch\nCOPY secret /\n");
    Files.writeString(folder.resolve(".dockerignore"), "other\n");
    assertThat(run("", "lint", path).out()).doesNotContain("CopyIgnoredFile");
    Files.writeString(folder.resolve("Dockerfile.dockerignore"), "secret\n");
    assertThat(run("", "lint", path).out()).contains("CopyIgnoredFile");
  }

  @Test
  void lintShowsASyntaxErrorAndWhatStandsAbove() throws IOException {
    Result result = run("", "lint", file("Dockerfile", "FROM scratch as x\nFLY\n"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains("FromAsCasing", "ERROR: unknown instruction: FLY", "   2 | >>> FLY");
  }

  @Test
  void outlineListsTargetsArgumentsAndSecrets() throws IOException {
    String path =
        file(
            "Dockerfile",
            """
            # tools what it is made with
            FROM debian AS tools
            # VERSION of it all
            ARG VERSION=1
            FROM tools AS release
            RUN --mount=type=secret,id=token,required true
            """);
    Result result = run("", "outline", path);
    assertThat(result.status()).isZero();
    assertThat(result.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsSubsequence(
            "tools debian what it is made with",
            "release (default) tools",
            "What release uses:",
            "VERSION 1 of it all",
            "token true");
    assertThat(run("", "outline", path, "tools").out()).doesNotContain("token");
    Result missing = run("", "outline", path, "nobody");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.out()).isEmpty();
    assertThat(missing.err()).isEqualTo("ERROR: no such target\n");
  }

  @Test
  void formatKeepsCommentsAndContinuedLines() throws IOException {
    String text = "# why\nfrom   a\nrun x \\\n   && y\n  env A  b\nexpose 2 1\n";
    Result result = run("", "format", file("Dockerfile", text));
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("# why\nFROM a\nRUN x \\\n   && y\n  ENV A b\nEXPOSE 2 1\n");
  }

  @Test
  void whatCannotBeReadIsToldOnTheErrorStream() throws IOException {
    String missing = folder.resolve("missing").toString();
    String broken = file("Dockerfile", "FROM\n");
    for (String verb : List.of("lint", "outline", "format")) {
      Result result = run("", verb, missing);
      assertThat(result.status()).as(verb).isEqualTo(2);
      assertThat(result.err()).startsWith("ERROR: ").contains(missing);
      assertThat(result.out()).isEmpty();
    }
    for (String verb : List.of("outline", "format")) {
      Result result = run("", verb, broken);
      assertThat(result.status()).as(verb).isEqualTo(2);
      assertThat(result.err()).startsWith("ERROR: " + broken + ":1:");
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "fly", "lint", "outline", "format", "parse FILE"})
  void anUnknownVerbOrAMissingFileGivesTheUsage(String line) {
    Result result = run("", line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("usage: lamina-dockerfile VERB");
  }
}
