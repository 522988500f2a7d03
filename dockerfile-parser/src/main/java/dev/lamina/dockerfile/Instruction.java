// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;

/**
 * One instruction of a Dockerfile as a value: a record for each keyword, compared by content.
 *
 * <p>Instructions hold the text <em>before</em> variables are expanded. Where one stood in a file
 * is not part of it: {@link Statement} knows that. To act on the kind of an instruction, accept a
 * {@link Visitor}. All instructions are immutable.
 */
public sealed interface Instruction
    permits Add,
        Arg,
        Cmd,
        Copy,
        Custom,
        Entrypoint,
        Env,
        Expose,
        From,
        Healthcheck,
        Label,
        Maintainer,
        OnBuild,
        Run,
        Shell,
        StopSignal,
        User,
        Volume,
        Workdir {

  /** Returns the keyword in upper case, for example {@code HEALTHCHECK}. */
  String keyword();

  /** Calls the method of {@code visitor} for this kind of instruction and returns its answer. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Returns this instruction with variables expanded in exactly the fields where BuildKit expands
   * them: paths, flags, values, ports, the bodies of COPY's and ADD's documents; never the command
   * lines, which are the shell's.
   *
   * <p>Every field sees the same variables: what the instruction itself sets is not among them.
   *
   * @param escape the Dockerfile's escape character
   * @throws ExpansionException if a word is malformed, asks for a variable that is missing, or must
   *     not become empty
   */
  default Expansion expand(Variables variables, char escape) throws ExpansionException {
    return new InstructionExpander(escape, variables).expand(this);
  }

  /**
   * Reads one instruction, as an ONBUILD trigger holds it: with continuations and heredocs, but
   * nothing after it.
   *
   * @param text the instruction, for example {@code COPY . /src}
   * @throws DockerfileSyntaxException if the text is no instruction, or more than one
   */
  static Instruction parse(String text) throws DockerfileSyntaxException {
    return DockerfileParser.parseInstruction(text, ParserOptions.defaults());
  }

  /**
   * Reads one instruction with options, for example custom keywords.
   *
   * @throws DockerfileSyntaxException if the text is no instruction, or more than one
   */
  static Instruction parse(String text, ParserOptions options) throws DockerfileSyntaxException {
    return DockerfileParser.parseInstruction(text, options);
  }

  /**
   * An answer for each kind of instruction.
   *
   * @param <R> the type of the answer
   */
  interface Visitor<R> {
    R visitAdd(Add add);

    R visitArg(Arg arg);

    R visitCmd(Cmd cmd);

    R visitCopy(Copy copy);

    R visitCustom(Custom custom);

    R visitEntrypoint(Entrypoint entrypoint);

    R visitEnv(Env env);

    R visitExpose(Expose expose);

    R visitFrom(From from);

    R visitHealthcheck(Healthcheck healthcheck);

    R visitLabel(Label label);

    R visitMaintainer(Maintainer maintainer);

    R visitOnBuild(OnBuild onBuild);

    R visitRun(Run run);

    R visitShell(Shell shell);

    R visitStopSignal(StopSignal stopSignal);

    R visitUser(User user);

    R visitVolume(Volume volume);

    R visitWorkdir(Workdir workdir);
  }
}
