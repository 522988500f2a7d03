// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Builds the instructions: checks number and kind of their arguments, and their flags. */
final class InstructionParser {

  private static final Pattern ONBUILD =
      Pattern.compile("^[\\t\\n\\f\\r ]*+(?i:ONBUILD)[\\t\\n\\f\\r ]*+");

  private static final KnownFlags FROM_FLAGS = KnownFlags.NONE.texts("platform");

  private final Keyword keyword;
  private final List<String> flags;
  private final Arguments arguments;
  private final List<Heredoc> heredocs;
  private final String line;

  /**
   * @param line the whole instruction as one line
   */
  InstructionParser(
      Keyword keyword,
      List<String> flags,
      Arguments arguments,
      List<Heredoc> heredocs,
      String line) {
    this.keyword = keyword;
    this.flags = flags;
    this.arguments = arguments;
    this.heredocs = heredocs;
    this.line = line;
  }

  Instruction parse() throws ParseProblem {
    return switch (keyword) {
      case ADD -> CopyParser.add(flags, words(), heredocs);
      case ARG -> arg();
      case CMD -> new Cmd(command());
      case COPY -> CopyParser.copy(flags, words(), heredocs);
      case ENTRYPOINT -> new Entrypoint(command());
      case ENV -> new Env(pairs());
      case EXPOSE -> new Expose(atLeastOne());
      case FROM -> from();
      case HEALTHCHECK -> HealthcheckParser.parse(flags, arguments);
      case LABEL -> new Label(pairs());
      case MAINTAINER -> maintainer();
      case ONBUILD -> onBuild();
      case RUN -> RunParser.parse(flags, commandLine(), heredocs);
      case SHELL -> shell();
      case STOPSIGNAL -> new StopSignal(exactlyOne());
      case USER -> user();
      case VOLUME -> volume();
      case WORKDIR -> workdir();
    };
  }

  private List<String> words() {
    return arguments.words();
  }

  private void requireNoFlags() throws ParseProblem {
    if (!flags.isEmpty()) {
      FlagValues.requireNone(flags);
    }
  }

  private List<String> atLeastOne() throws ParseProblem {
    if (words().isEmpty()) {
      throw new ParseProblem(keyword + " requires at least one argument");
    }
    requireNoFlags();
    return words();
  }

  private String exactlyOne() throws ParseProblem {
    if (words().size() != 1) {
      throw new ParseProblem(keyword + " requires exactly one argument");
    }
    return words().get(0);
  }

  private CommandLine command() throws ParseProblem {
    requireNoFlags();
    return commandLine();
  }

  private CommandLine commandLine() {
    if (arguments.json()) {
      return new CommandLine.ExecForm(words());
    }
    return new CommandLine.ShellForm(words().isEmpty() ? "" : words().get(0));
  }

  private List<KeyValue> pairs() throws ParseProblem {
    requireNoFlags();
    if (arguments.pairs().isEmpty()) {
      throw new ParseProblem(keyword + " requires at least one argument");
    }
    for (KeyValue pair : arguments.pairs()) {
      requireName(pair.key());
    }
    return arguments.pairs();
  }

  private void requireName(String name) throws ParseProblem {
    if (name.isEmpty()) {
      throw new ParseProblem(keyword + " names can not be blank");
    }
  }

  private From from() throws ParseProblem {
    Optional<String> name = StageName.of(words());
    FlagValues values = FlagValues.read(flags, FROM_FLAGS);
    return new From(words().get(0), values.text("platform"), name);
  }

  private Arg arg() throws ParseProblem {
    if (words().isEmpty()) {
      throw new ParseProblem("ARG requires at least one argument");
    }
    ArgDefinition[] definitions = new ArgDefinition[words().size()];
    for (int i = 0; i < definitions.length; i++) {
      String word = words().get(i);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      requireName(name);
      definitions[i] =
          equals < 0 ? ArgDefinition.of(name) : ArgDefinition.of(name, word.substring(equals + 1));
    }
    return new Arg(List.of(definitions));
  }

  private Maintainer maintainer() throws ParseProblem {
    String name = exactlyOne();
    requireNoFlags();
    return new Maintainer(name);
  }

  private User user() throws ParseProblem {
    String user = exactlyOne();
    requireNoFlags();
    return new User(user);
  }

  private Workdir workdir() throws ParseProblem {
    String path = exactlyOne();
    requireNoFlags();
    return new Workdir(path);
  }

  private Volume volume() throws ParseProblem {
    List<String> paths = atLeastOne().stream().map(Whitespace::trim).toList();
    if (paths.contains("")) {
      throw new ParseProblem("VOLUME specified can not be an empty string");
    }
    return new Volume(paths);
  }

  private Shell shell() throws ParseProblem {
    List<String> command = atLeastOneAfterFlags();
    if (!arguments.json()) {
      throw new ParseProblem("SHELL requires the arguments to be in JSON form");
    }
    return new Shell(command);
  }

  private List<String> atLeastOneAfterFlags() throws ParseProblem {
    requireNoFlags();
    return atLeastOne();
  }

  private OnBuild onBuild() throws ParseProblem {
    String trigger = Letters.upper(Whitespace.trim(atLeastOne().get(0)));
    switch (trigger) {
      case "ONBUILD" ->
          throw new ParseProblem("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
      case "MAINTAINER", "FROM" ->
          throw new ParseProblem(trigger + " isn't allowed as an ONBUILD trigger");
      default -> {}
    }
    StringBuilder text = new StringBuilder(ONBUILD.matcher(line).replaceFirst(""));
    for (Heredoc heredoc : heredocs) {
      text.append('\n').append(heredoc.content()).append(heredoc.name());
    }
    return new OnBuild(text.toString());
  }
}
