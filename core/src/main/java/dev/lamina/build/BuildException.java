// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.util.Objects.requireNonNull;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.Statement;
import dev.lamina.error.LaminaException;
import java.io.IOException;

/**
 * A build that cannot go on. The message says where and what, {@code Dockerfile:2: …}; {@link
 * #problem()} is what is wrong alone, as Docker words it, and {@link #file()}, {@link #line()} and
 * {@link #snippet()} are the place. Immutable, so safe for threads.
 */
public final class BuildException extends LaminaException {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final String file;
  private final int line;
  private final int endLine;
  private final String snippet;

  private BuildException(
      String problem, Throwable cause, String file, int line, int endLine, String snippet) {
    super(line > 0 ? file + ":" + line + ": " + problem : problem, cause);
    this.problem = requireNonNull(problem);
    this.file = requireNonNull(file);
    this.line = line;
    this.endLine = endLine;
    this.snippet = requireNonNull(snippet);
  }

  /** Makes an exception that is about no place in a Dockerfile. */
  public BuildException(String message) {
    super(message);
    this.problem = requireNonNull(message);
    this.file = "";
    this.line = 0;
    this.endLine = 0;
    this.snippet = "";
  }

  /** Makes an exception that is about no place in a Dockerfile. */
  public BuildException(String message, Throwable cause) {
    this(message, cause, "", 0, 0, "");
  }

  /** Returns the exception for what went wrong with a statement; one that has a place keeps it. */
  static BuildException at(Statement where, IOException cause) {
    if (cause instanceof BuildException placed && placed.line > 0) {
      return placed;
    }
    String message = Messages.of(cause);
    DockerfileSyntaxException place = where.error(message);
    return new BuildException(
        message, cause, place.fileName(), place.line(), place.range().endLine(), place.snippet());
  }

  /** Returns the exception for a Dockerfile that breaks a rule. */
  static BuildException of(DockerfileSyntaxException syntax) {
    return new BuildException(
        syntax.problem(),
        syntax,
        syntax.fileName(),
        syntax.line(),
        syntax.range().endLine(),
        syntax.snippet());
  }

  /** Returns what is wrong, without the place. */
  public String problem() {
    return problem;
  }

  /** Returns the Dockerfile's name, or {@code ""} if this is about none. */
  public String file() {
    return file;
  }

  /** Returns the first line of the Dockerfile this is about, from 1, or 0 if it is about none. */
  public int line() {
    return line;
  }

  /** Returns the last line of the Dockerfile this is about, or 0 if it is about none. */
  public int endLine() {
    return endLine;
  }

  /**
   * Returns the lines this is about, marked, with a few around them; {@code ""} if there are none.
   */
  public String snippet() {
    return snippet;
  }

  /** Returns the whole as a person wants to read it: the place, the lines and the message. */
  public String report() {
    return snippet + "ERROR: " + problem + "\n";
  }
}
