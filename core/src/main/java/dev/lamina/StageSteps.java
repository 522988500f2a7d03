// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The instructions of a Dockerfile as methods. A method takes what the instruction's line takes,
 * variables included, and gives another builder with the instruction at the end of its last stage;
 * both ways to the same image give the same files, configuration and history.
 *
 * <p>Words are kept apart: blanks, quotes and backslashes in them are theirs, but {@code $} begins
 * a variable wherever it does in a Dockerfile; {@code \$} is a dollar. A value with a line feed,
 * which no Dockerfile can say, is an {@link IllegalArgumentException}, except for a command of
 * {@link #run(String)}, which becomes a heredoc.
 *
 * @param <B> the builder
 */
public abstract class StageSteps<B extends StageSteps<B>> {
  StageSteps() {}

  /** Adds an instruction as a Dockerfile has it, heredocs and all, such as {@code VOLUME /data}. */
  public abstract B instruction(String text);

  /**
   * Adds an instruction with arguments that may hold blanks, {@code INSTALL_JAR ["my app.jar"]}.
   * Variables are replaced and quotes removed in them, as in those of COPY.
   *
   * @param keyword one of {@link ImageBuilder#define}, or of Docker's that take a JSON array
   */
  public B instruction(String keyword, String... arguments) {
    return instruction(Words.plain(keyword) + " " + Words.json(List.of(arguments)));
  }

  private B words(String keyword, Flags flags, String words) {
    return instruction(keyword + flags.text() + " " + words);
  }

  /** Adds {@code RUN command}, which the image's shell runs. */
  public B run(String command) {
    return run(command, Flags.none());
  }

  /** Adds {@code RUN} with mounts and other flags of a command that the image's shell runs. */
  public B run(String command, Flags flags) {
    return words("RUN", flags, Words.command(command));
  }

  /** Adds {@code RUN} in exec form: a program with its arguments, without a shell. */
  public B run(List<String> command) {
    return run(command, Flags.none());
  }

  /** Adds {@code RUN} in exec form with mounts and other flags. */
  public B run(List<String> command, Flags flags) {
    return words("RUN", flags, Words.json(command));
  }

  /** Adds {@code COPY} of a path, or of what a wildcard matches, in the build context. */
  public B copy(String source, String destination) {
    return copy(List.of(source), destination);
  }

  /** Adds {@code COPY} of paths and wildcards of the build context. */
  public B copy(List<String> sources, String destination) {
    return copy(sources, destination, Flags.none());
  }

  /** Adds {@code COPY} with flags: from elsewhere, with owners and modes, without some files. */
  public B copy(List<String> sources, String destination, Flags flags) {
    return words("COPY", flags, Words.paths(plus(sources, destination)));
  }

  /** Adds {@code COPY --from}: files of a stage, a named context or an image. */
  public B copyFrom(String from, String source, String destination) {
    return copy(List.of(source), destination, Flags.none().from(from));
  }

  /** Adds {@code COPY} of a text into a file, whose variables are left as they are. */
  public B copyText(String text, String destination) {
    return copyText(text, destination, Flags.none());
  }

  /**
   * Adds {@code COPY} with flags of a text into a file, whose variables are left as they are.
   *
   * @param text ends in a line feed, or is given one, as a heredoc is
   */
  public B copyText(String text, String destination, Flags flags) {
    String body = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    String mark = Words.mark(body);
    return instruction(
        "COPY"
            + flags.text()
            + " <<'"
            + mark
            + "' "
            + Words.plain(destination)
            + "\n"
            + body
            + mark);
  }

  /** Adds {@code ADD} of a path, an archive or a URL. */
  public B add(String source, String destination) {
    return add(List.of(source), destination, Flags.none());
  }

  /** Adds {@code ADD} of paths, archives, URLs and Git repositories, with flags. */
  public B add(List<String> sources, String destination, Flags flags) {
    return words("ADD", flags, Words.paths(plus(sources, destination)));
  }

  private static List<String> plus(List<String> words, String last) {
    List<String> more = new ArrayList<>(words);
    more.add(last);
    return more;
  }

  /** Adds {@code ENV name=value}; variables in the value are expanded. */
  public B env(String name, String value) {
    return env(Map.of(name, value));
  }

  /** Adds {@code ENV} of several variables, none of which sees the new value of another. */
  public B env(Map<String, String> variables) {
    return instruction("ENV " + Words.pairs(variables));
  }

  /** Adds {@code LABEL name=value}; variables in the value are expanded. */
  public B label(String name, String value) {
    return label(Map.of(name, value));
  }

  /** Adds {@code LABEL} of several labels. */
  public B label(Map<String, String> labels) {
    return instruction("LABEL " + Words.pairs(labels));
  }

  /** Adds {@code ARG name}. */
  public B arg(String name) {
    return instruction("ARG " + Words.plain(name));
  }

  /** Adds {@code ARG name=value}. */
  public B arg(String name, String value) {
    return instruction("ARG " + Words.plain(name) + "=" + Words.quoted(value));
  }

  /** Adds {@code WORKDIR path}. */
  public B workdir(String path) {
    return instruction("WORKDIR " + Words.line(path));
  }

  /** Adds {@code USER user}: {@code name}, {@code uid}, {@code user:group}. */
  public B user(String user) {
    return instruction("USER " + Words.line(user));
  }

  /** Adds {@code EXPOSE port…}, each one {@code 80}, {@code 80-90} or {@code 53/udp}. */
  public B expose(String... ports) {
    return instruction("EXPOSE " + Words.line(String.join(" ", ports)));
  }

  /** Adds {@code VOLUME path…}. */
  public B volume(String... paths) {
    return instruction("VOLUME " + Words.paths(List.of(paths)));
  }

  /** Adds {@code ENTRYPOINT} in exec form. */
  public B entrypoint(String... command) {
    return instruction("ENTRYPOINT " + Words.json(List.of(command)));
  }

  /** Adds {@code ENTRYPOINT} in shell form. */
  public B entrypointShell(String command) {
    return instruction("ENTRYPOINT " + Words.line(command));
  }

  /** Adds {@code CMD} in exec form. */
  public B cmd(String... command) {
    return instruction("CMD " + Words.json(List.of(command)));
  }

  /** Adds {@code CMD} in shell form. */
  public B cmdShell(String command) {
    return instruction("CMD " + Words.line(command));
  }

  /** Adds {@code SHELL}: what runs commands in shell form from here on. */
  public B shell(String... command) {
    return instruction("SHELL " + Words.json(List.of(command)));
  }

  /** Adds {@code HEALTHCHECK CMD} in shell form, with {@link Flags#interval} and its like. */
  public B healthcheck(String command, Flags flags) {
    return words("HEALTHCHECK", flags, "CMD " + Words.line(command));
  }

  /** Adds {@code HEALTHCHECK CMD} in exec form. */
  public B healthcheck(List<String> command, Flags flags) {
    return words("HEALTHCHECK", flags, "CMD " + Words.json(command));
  }

  /** Adds {@code HEALTHCHECK NONE}: the base's check is not made. */
  public B noHealthcheck() {
    return instruction("HEALTHCHECK NONE");
  }

  /** Adds {@code STOPSIGNAL signal}, {@code SIGTERM} or {@code 15}. */
  public B stopSignal(String signal) {
    return instruction("STOPSIGNAL " + Words.line(signal));
  }

  /** Adds {@code ONBUILD instruction}, which a build from this image begins with. */
  public B onBuild(String instruction) {
    return instruction("ONBUILD " + instruction);
  }

  /** Adds {@code MAINTAINER name}; a label says that as well. */
  public B maintainer(String name) {
    return instruction("MAINTAINER " + Words.line(name));
  }
}
