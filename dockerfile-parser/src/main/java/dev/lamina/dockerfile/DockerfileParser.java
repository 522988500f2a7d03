// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.annotation.Nullable;

/**
 * Reads a whole Dockerfile: lines, then their arguments and heredocs, then instructions.
 *
 * <p>BuildKit first takes all lines apart and only then looks at what they say, so an error of the
 * first kind wins over one of the second that stands further up.
 */
final class DockerfileParser {

  private static final int MAX_ERRORS = 1_000;

  private final ParserOptions options;
  private final String text;
  private final boolean stopAtFirst;
  private final PhysicalLines lines;
  private final Directives directives = new Directives();
  private final LogicalLines logicalLines;
  private final HeredocReader heredocReader;
  private final MemoryBudget budget = new MemoryBudget();
  private final StageSplitter statements = new StageSplitter();
  private final List<DockerfileSyntaxException> lineErrors = new ArrayList<>();
  private final List<DockerfileSyntaxException> errors = new ArrayList<>();
  private SourceText source;
  private int lineCount;
  private boolean inStage;

  private DockerfileParser(String text, ParserOptions options, boolean stopAtFirst) {
    this.text = text;
    this.options = options;
    this.stopAtFirst = stopAtFirst;
    lines = new PhysicalLines(text);
    logicalLines = new LogicalLines(text, lines, directives, budget);
    heredocReader = new HeredocReader(text, lines);
    source = new SourceText(options.fileName(), text, '\\');
  }

  static Dockerfile parse(String text, ParserOptions options) throws DockerfileSyntaxException {
    DockerfileParser parser = new DockerfileParser(text, options, true);
    parser.readAll();
    parser.throwFirstError();
    return parser.dockerfile();
  }

  static ParseReport analyze(String text, ParserOptions options) {
    DockerfileParser parser = new DockerfileParser(text, options, false);
    parser.readAll();
    List<DockerfileSyntaxException> all = new ArrayList<>(parser.lineErrors);
    all.addAll(parser.errors);
    all.sort(Comparator.comparingInt(error -> error.range().startOffset()));
    return new ParseReport(parser.dockerfile(), all);
  }

  static Instruction parseInstruction(String text, ParserOptions options)
      throws DockerfileSyntaxException {
    DockerfileParser parser = new DockerfileParser(text, options, true);
    parser.inStage = true;
    parser.readAll();
    parser.throwFirstError();
    List<Statement> statements = parser.statements.statements();
    if (statements.size() != 1) {
      throw statements.get(1).error("expected one instruction, found more");
    }
    return statements.get(0).instruction();
  }

  private Dockerfile dockerfile() {
    return new Dockerfile(source, options, directives.found(), statements);
  }

  private void throwFirstError() throws DockerfileSyntaxException {
    if (!lineErrors.isEmpty()) {
      throw lineErrors.get(0);
    }
    if (!errors.isEmpty()) {
      throw errors.get(0);
    }
  }

  private void readAll() {
    boolean more = true;
    while (more && !isDone()) {
      more = readNext();
    }
    if (lineCount == 0 && lineErrors.isEmpty()) {
      lineErrors.add(source.error("file with no instructions", lineRange()));
    }
  }

  private boolean isDone() {
    boolean enough =
        stopAtFirst ? !lineErrors.isEmpty() : lineErrors.size() + errors.size() >= MAX_ERRORS;
    return enough || budget.isExhausted();
  }

  /** Reads an instruction or goes past what cannot be one; false at the end. */
  private boolean readNext() {
    LogicalLine line;
    try {
      line = logicalLines.nextOrNull();
    } catch (ParseProblem problem) {
      lineErrors.add(source.error(problem.problem(), lineRange()));
      return true;
    }
    if (line != null) {
      if (source.escape() != directives.escape()) {
        source = new SourceText(options.fileName(), text, directives.escape());
      }
      lineCount++;
      read(line);
      return true;
    }
    if (!lines.isTooLong()) {
      return false;
    }
    if (!stopAtFirst || lineCount > 0) {
      lines.skipTooLongLine();
      lineErrors.add(
          source.error(
              "dockerfile line greater than max allowed size of " + PhysicalLines.MAX_LINE_BYTES,
              lineRange()));
    }
    return !stopAtFirst;
  }

  private void read(LogicalLine line) {
    RawInstruction raw = rawOrNull(line);
    if (raw == null || (stopAtFirst && !errors.isEmpty())) {
      return;
    }
    SourceRange range = rangeOf(line);
    try {
      Instruction instruction = raw.toInstruction();
      if (!inStage && !(instruction instanceof Arg) && !(instruction instanceof From)) {
        throw new ParseProblem("no build stage in current context");
      }
      inStage |= instruction instanceof From;
      statements.add(new Statement(instruction, range, line.comments(), source));
    } catch (ParseProblem problem) {
      errors.add(source.error(problem, range));
    }
  }

  @Nullable
  private RawInstruction rawOrNull(LogicalLine line) {
    try {
      RawInstruction raw = RawInstruction.read(line.text(), source.escape(), options);
      List<Heredoc> heredocs = List.of();
      if (raw.takesHeredocs() && line.text().contains("<<")) {
        heredocs = heredocReader.read(line.text());
      }
      budget.spendWords(raw.arguments().words().size() + 2 * raw.arguments().pairs().size());
      budget.spendStatement(lines.end() - line.startOffset());
      return raw.withHeredocs(heredocs);
    } catch (ParseProblem problem) {
      lineErrors.add(source.error(problem, rangeOf(line)));
      return null;
    }
  }

  /** The range from the keyword to the end of the line that was read last. */
  private SourceRange rangeOf(LogicalLine line) {
    int end = Math.max(lines.end(), line.startOffset());
    return new SourceRange(
        line.startLine(),
        line.startColumn(),
        lines.number(),
        end - lines.start() + 1,
        line.startOffset(),
        end);
  }

  /** The range of the line that was read last. */
  private SourceRange lineRange() {
    int line = Math.max(1, lines.number());
    int length = lines.end() - lines.start();
    return new SourceRange(line, 1, line, length + 1, lines.start(), lines.end());
  }
}
