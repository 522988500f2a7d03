// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.SourceRange;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.expand.Variables;
import java.util.List;
import java.util.Optional;

/**
 * An instruction as a build meets it: with the variables it sees.
 *
 * <p>It stands in the file, or is an ONBUILD trigger of the stage's base: then its place is that of
 * the FROM. Immutable.
 */
public final class LintStatement {

  private final Optional<Statement> statement;
  private final Instruction written;
  private final Instruction instruction;
  private final String keyword;
  private final SourceRange range;
  private final VariableHistory.Moment moment;
  private final List<String> undefined;

  private LintStatement(
      Optional<Statement> statement,
      Instruction written,
      Instruction instruction,
      String keyword,
      SourceRange range,
      VariableHistory.Moment moment,
      List<String> undefined) {
    this.statement = statement;
    this.written = written;
    this.instruction = instruction;
    this.keyword = keyword;
    this.range = range;
    this.moment = moment;
    this.undefined = List.copyOf(undefined);
  }

  /** A statement of the file, not evaluated yet. */
  static LintStatement of(Statement statement) {
    Instruction instruction = statement.instruction();
    return new LintStatement(
        Optional.of(statement),
        instruction,
        instruction,
        statement.keyword(),
        statement.range(),
        VariableHistory.EMPTY,
        List.of());
  }

  /** A trigger, which stands where the stage begins; not evaluated yet. */
  static LintStatement trigger(Instruction trigger, String keyword, SourceRange range) {
    return new LintStatement(
        Optional.empty(), trigger, trigger, keyword, range, VariableHistory.EMPTY, List.of());
  }

  LintStatement evaluated(Instruction expanded, VariableHistory.Moment now, List<String> missing) {
    return new LintStatement(statement, written, expanded, keyword, range, now, missing);
  }

  /** Returns the statement of the file; empty for a trigger. */
  public Optional<Statement> statement() {
    return statement;
  }

  /** Returns the instruction as it is written. */
  public Instruction written() {
    return written;
  }

  /**
   * Returns the instruction with variables expanded, where a build does that; as it is written
   * outside of stages.
   */
  public Instruction instruction() {
    return instruction;
  }

  /** Returns the keyword in the letter case it is written in. */
  public String keyword() {
    return keyword;
  }

  /** Returns where it stands. */
  public SourceRange range() {
    return range;
  }

  /** Returns the comments right above. */
  public List<String> comments() {
    return statement.isPresent() ? statement.get().comments() : List.of();
  }

  /** Returns the variables that it sees: those of the base, ARG and ENV; none outside of stages. */
  public Variables variables() {
    return moment;
  }

  /** Returns the names of those variables, in the order in which they were set. */
  public List<String> variableNames() {
    return moment.names();
  }

  /**
   * Returns the names of variables that it asks for and that are neither set nor declared, in
   * order, one for each word that asks.
   */
  public List<String> undefinedVariables() {
    return undefined;
  }
}
