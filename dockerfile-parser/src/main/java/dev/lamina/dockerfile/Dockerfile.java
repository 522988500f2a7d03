// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import dev.lamina.dockerfile.text.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Dockerfile: directives, global build arguments, and stages of instructions, each with its place
 * in the text.
 *
 * <pre>{@code
 * Dockerfile file = Dockerfile.parse(Path.of("Dockerfile"));
 * for (Stage stage : file.stages()) {
 *   System.out.println(stage.from().image());
 *   for (Statement statement : stage.statements()) {
 *     System.out.println(statement.line() + " " + statement.instruction().keyword());
 *   }
 * }
 * }</pre>
 *
 * <p>It reads what BuildKit's newest frontend reads, in the same way. It expands no variables,
 * looks at no build context and resolves no images. Immutable and safe for use by several threads.
 */
public final class Dockerfile {

  private final SourceText source;
  private final ParserOptions options;
  private final List<Directive> directives;
  private final List<Statement> statements;
  private final List<Statement> globalArgs;
  private final List<Stage> stages;

  Dockerfile(
      SourceText source,
      ParserOptions options,
      List<Directive> directives,
      StageSplitter statements) {
    this.source = source;
    this.options = options;
    this.directives = List.copyOf(directives);
    this.statements = statements.statements();
    this.globalArgs = statements.globalArgs();
    this.stages = statements.stages();
  }

  /**
   * Reads a Dockerfile from its text.
   *
   * @throws DockerfileSyntaxException if the text breaks a rule
   */
  public static Dockerfile parse(String text) throws DockerfileSyntaxException {
    return parse(text, ParserOptions.defaults());
  }

  /**
   * Reads a Dockerfile from its text.
   *
   * @throws DockerfileSyntaxException if the text breaks a rule
   */
  public static Dockerfile parse(String text, ParserOptions options)
      throws DockerfileSyntaxException {
    return DockerfileParser.parse(text, options);
  }

  /**
   * Reads a Dockerfile from its bytes, which should be UTF-8. A byte that is not is kept as the
   * character U+DC00 + byte.
   *
   * @param fileName the name that errors show
   * @throws DockerfileSyntaxException if the text breaks a rule
   */
  public static Dockerfile parse(byte[] bytes, String fileName) throws DockerfileSyntaxException {
    return parse(bytes, ParserOptions.defaults().withFileName(fileName));
  }

  /**
   * Reads a Dockerfile from its bytes, as {@link #parse(byte[], String)} does.
   *
   * @throws DockerfileSyntaxException if the text breaks a rule
   */
  public static Dockerfile parse(byte[] bytes, ParserOptions options)
      throws DockerfileSyntaxException {
    return parse(Utf8.decode(bytes), options);
  }

  /**
   * Reads a Dockerfile from a file.
   *
   * @throws DockerfileSyntaxException if the text breaks a rule
   * @throws IOException if the file cannot be read
   */
  public static Dockerfile parse(Path file) throws IOException {
    Path name = file.getFileName();
    return parse(Files.readAllBytes(file), name == null ? file.toString() : name.toString());
  }

  /**
   * Reads a Dockerfile as far as possible, for an editor: what is wrong is reported and left out.
   *
   * @return what could be read, and all that is wrong, in the order of the text
   */
  public static ParseReport analyze(String text, ParserOptions options) {
    return DockerfileParser.analyze(text, options);
  }

  /** Returns the parser directives, in order. */
  public List<Directive> directives() {
    return directives;
  }

  /** Returns the value of a directive, for example {@code syntax}. */
  public Optional<String> directive(String name) {
    return directives.stream()
        .filter(directive -> directive.name().equals(name))
        .map(Directive::value)
        .findFirst();
  }

  /** Returns the ARG instructions before the first stage. */
  public List<Statement> globalArgs() {
    return globalArgs;
  }

  /** Returns the stages, in order. */
  public List<Stage> stages() {
    return stages;
  }

  /**
   * Returns the stage of that name, whatever the letter case, or else of that number.
   *
   * @param nameOrIndex a name, of which the last in the file counts; or a number from 0
   */
  public Optional<Stage> stage(String nameOrIndex) {
    String name = Letters.lower(nameOrIndex);
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (stages.get(i).name().equals(Optional.of(name))) {
        return Optional.of(stages.get(i));
      }
    }
    return stages.stream().filter(stage -> Integer.toString(stage.index()).equals(name)).findAny();
  }

  /** Returns all statements, in order. */
  public List<Statement> statements() {
    return statements;
  }

  /** Returns the escape character: {@code \} or a backtick. */
  public char escape() {
    return source.escape();
  }

  /** Returns the text that was read. */
  public String source() {
    return source.text();
  }

  /**
   * Returns which stage depends on which, if a build gets no arguments and no named contexts, for
   * {@code linux/amd64}.
   */
  public StageGraph graph() {
    return graph(Map.of());
  }

  /**
   * Returns which stage depends on which.
   *
   * @param arguments the build arguments, which FROMs may be made of; also those that every build
   *     has, such as {@code TARGETARCH}
   */
  public StageGraph graph(Map<String, String> arguments) {
    GlobalScope globals = new GlobalScope(this, arguments);
    return StageGraph.of(this, stage -> globals.expand(stage.from().image(), new HashSet<>()));
  }

  /**
   * Returns what the file offers and what its default target, the last stage, asks for. Base images
   * are taken to set no variables, and the platform is {@code linux/amd64}.
   *
   * @return empty if the file has no stage
   */
  public Optional<Outline> outline() {
    return stages.isEmpty() ? Optional.empty() : outline(stages.get(stages.size() - 1));
  }

  /**
   * Returns what the file offers and what one of its targets asks for.
   *
   * @param target the name or number of a stage, as for {@link #stage}
   * @return empty if the file has no such stage
   */
  public Optional<Outline> outline(String target) {
    return stage(target).flatMap(this::outline);
  }

  private Optional<Outline> outline(Stage target) {
    return Optional.of(new OutlineBuilder(this).build(target));
  }

  /** Returns the options it was read with. */
  public ParserOptions options() {
    return options;
  }

  /** Returns an editor that changes nothing yet. */
  public DockerfileEditor edit() {
    return DockerfileEditor.of(this);
  }

  /** Returns the name that errors show. */
  public String fileName() {
    return source.fileName();
  }

  /**
   * Returns the lines of {@code range} with some around them, marked as {@link
   * DockerfileSyntaxException#snippet} marks them.
   *
   * @param range a place in this file
   */
  public String snippet(SourceRange range) {
    return source.snippet(range);
  }

  SourceText sourceText() {
    return source;
  }
}
