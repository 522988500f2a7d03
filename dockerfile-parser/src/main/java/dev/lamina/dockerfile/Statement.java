// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An instruction in its place: what it says, where it stands, and what was written.
 *
 * <p>Immutable. Two statements are equal if all of that is equal.
 */
public final class Statement {

  private final Instruction instruction;
  private final SourceRange range;
  private final List<String> comments;
  private final SourceText file;

  Statement(Instruction instruction, SourceRange range, List<String> comments, SourceText file) {
    this.instruction = instruction;
    this.range = range;
    this.comments = comments;
    this.file = file;
  }

  /** Returns the instruction. */
  public Instruction instruction() {
    return instruction;
  }

  /** Returns where it stands, from its keyword to the end of its last line, heredocs included. */
  public SourceRange range() {
    return range;
  }

  /** Returns its first line, from 1. */
  public int line() {
    return range.startLine();
  }

  /** Returns the comments right above, without their marks; an empty comment begins anew. */
  public List<String> comments() {
    return comments;
  }

  /**
   * Returns what the first comment of the form {@code # name description} right above says: so
   * Dockerfiles describe stages and build arguments.
   *
   * @param name the name of a stage or an argument
   */
  public Optional<String> description(String name) {
    String start = name + " ";
    return comments.stream()
        .filter(comment -> !name.isEmpty() && comment.startsWith(start))
        .findFirst()
        .map(comment -> comment.substring(start.length()));
  }

  /** Returns what is written, exactly, from the keyword to the end of the last line. */
  public String source() {
    return file.slice(range);
  }

  /**
   * Returns the instruction as one line: continuations joined, comments within left out, no
   * heredocs.
   */
  public String logicalLine() {
    return Whitespace.trim(LogicalLines.at(file, range).text());
  }

  /** Returns the keyword as it is written. */
  public String keyword() {
    String line = logicalLine();
    return line.substring(0, Whitespace.nextBlank(line, 0));
  }

  /**
   * Returns the last line of the instruction, heredocs not counted, if an empty line stands within
   * it: there BuildKit warns of that.
   */
  public Optional<SourceRange> emptyContinuationRange() {
    LogicalLine line = LogicalLines.at(file, range);
    if (!line.emptyContinuation()) {
      return Optional.empty();
    }
    return Optional.of(file.rangeOfLine(line.endLine(), range));
  }

  /**
   * Returns the instruction with variables expanded.
   *
   * @throws DockerfileSyntaxException if that cannot be done
   * @see Instruction#expand
   */
  public Expansion expand(Variables variables) throws DockerfileSyntaxException {
    try {
      return instruction.expand(variables, file.escape());
    } catch (ExpansionException e) {
      throw error(e.problem());
    }
  }

  boolean isOf(SourceText text) {
    return file.text().equals(text.text());
  }

  /** Whether the last line ends in an escape character, so that a line after it would be part. */
  boolean hasOpenEnd() {
    return LogicalLines.at(file, range).openEnd();
  }

  /** Returns the error that says {@code problem} about this statement. */
  public DockerfileSyntaxException error(String problem) {
    return file.error(problem, range);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Statement that
        && instruction.equals(that.instruction)
        && range.equals(that.range)
        && comments.equals(that.comments)
        && source().equals(that.source());
  }

  @Override
  public int hashCode() {
    return Objects.hash(instruction, range, comments);
  }

  @Override
  public String toString() {
    return file.fileName() + ":" + line() + ": " + logicalLine();
  }
}
