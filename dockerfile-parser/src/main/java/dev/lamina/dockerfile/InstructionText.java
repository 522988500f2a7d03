// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Puts instructions into words: for each one or several ways, the plainest first. Whether a way
 * says what it should is for {@link DockerfileWriter} to try.
 */
final class InstructionText implements Instruction.Visitor<List<InstructionText.Draft>> {

  /**
   * One way to write an instruction.
   *
   * @param line all but the documents, as one line
   * @param heredocs the documents
   */
  record Draft(String line, List<Heredoc> heredocs) {}

  private final char escape;
  private final FlagText.Quoting quoting;

  InstructionText(char escape, FlagText.Quoting quoting) {
    this.escape = escape;
    this.quoting = quoting;
  }

  private static List<Draft> line(String line) {
    return List.of(new Draft(line, List.of()));
  }

  /** A line whose arguments are taken as they are. */
  private List<Draft> plain(String keyword, String rest) {
    return line(join(keyword, List.of(), rest));
  }

  /** Words that stand side by side; blanks of another kind keep them from looking like JSON. */
  private List<Draft> words(String keyword, List<String> flags, List<String> words) {
    return Stream.of(" ", "\f")
        .map(blank -> new Draft(join(keyword, flags, String.join(blank, words)), List.of()))
        .toList();
  }

  private String join(String keyword, List<String> flags, String rest) {
    StringBuilder line = new StringBuilder(keyword);
    flags.forEach(flag -> line.append(' ').append(flag));
    if (rest.startsWith("--")) {
      line.append(" --");
    }
    return rest.isEmpty() ? line.toString() : line.append(' ').append(rest).toString();
  }

  private List<Draft> command(String keyword, CommandLine command) {
    return plain(keyword, text(command));
  }

  private static String text(CommandLine command) {
    return command instanceof CommandLine.ShellForm shell ? shell.line() : json(command.words());
  }

  static String json(List<String> strings) {
    StringBuilder out = new StringBuilder("[");
    for (String string : strings) {
      out.append(out.length() == 1 ? "\"" : ", \"");
      for (int i = 0; i < string.length(); i++) {
        char c = string.charAt(i);
        if (c == '"' || c == '\\') {
          out.append('\\').append(c);
        } else if (c < ' ') {
          out.append(String.format("\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
      out.append('"');
    }
    return out.append(']').toString();
  }

  private FlagText flags() {
    return new FlagText(escape, quoting);
  }

  @Override
  public List<Draft> visitAdd(Add add) {
    FlagText flags = flags();
    flags.add("keep-git-dir", add.keepGitDir().map(String::valueOf));
    flags.add("checksum", add.checksum());
    flags.add("chown", add.chown());
    flags.add("chmod", add.chmod());
    flags.add("link", add.link());
    flags.add("unpack", add.unpack().map(String::valueOf));
    add.excludes().forEach(pattern -> flags.add("exclude", pattern));
    return paths("ADD", flags.words(), add.sources(), add.heredocs(), add.destination());
  }

  @Override
  public List<Draft> visitCopy(Copy copy) {
    FlagText flags = flags();
    flags.add("from", copy.from());
    flags.add("chown", copy.chown());
    flags.add("chmod", copy.chmod());
    flags.add("link", copy.link());
    flags.add("parents", copy.parents());
    copy.excludes().forEach(pattern -> flags.add("exclude", pattern));
    return paths("COPY", flags.words(), copy.sources(), copy.heredocs(), copy.destination());
  }

  /** Documents stand first, as in Docker's own examples; the form of a list takes all but those. */
  private List<Draft> paths(
      String keyword,
      List<String> flags,
      List<String> sources,
      List<Heredoc> heredocs,
      String destination) {
    List<Draft> drafts = new ArrayList<>();
    for (char quote : new char[] {'"', '\''}) {
      List<String> words = new ArrayList<>();
      heredocs.forEach(heredoc -> words.add(word(heredoc, quote)));
      words.addAll(sources);
      words.add(destination);
      boolean fits = words.stream().noneMatch(InstructionText::hasBlank);
      if (fits) {
        words(keyword, flags, words)
            .forEach(draft -> drafts.add(new Draft(draft.line(), heredocs)));
      }
      drafts.add(new Draft(join(keyword, flags, json(words)), List.of()));
    }
    return drafts;
  }

  private static boolean hasBlank(String word) {
    return word.isEmpty() || word.chars().anyMatch(Whitespace::isBlank);
  }

  private static String word(Heredoc heredoc, char quote) {
    String mark = (heredoc.chomp() ? "<<-" : "<<");
    String number = heredoc.fileDescriptor() == 0 ? "" : "" + heredoc.fileDescriptor();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < heredoc.name().length(); i++) {
      char c = heredoc.name().charAt(i);
      boolean special = heredoc.expand() ? "\\\"'$".indexOf(c) >= 0 : c == quote || c == '\\';
      name.append(special && (heredoc.expand() || quote == '"') ? "\\" : "").append(c);
    }
    return number + mark + (heredoc.expand() ? name : quote + name.toString() + quote);
  }

  @Override
  public List<Draft> visitArg(Arg arg) {
    List<String> words =
        arg.arguments().stream()
            .map(one -> one.name() + one.defaultValue().map(value -> "=" + value).orElse(""))
            .toList();
    return withEscapeAtEnd(words("ARG", List.of(), words)).toList();
  }

  @Override
  public List<Draft> visitCmd(Cmd cmd) {
    return command("CMD", cmd.command());
  }

  @Override
  public List<Draft> visitCustom(Custom custom) {
    FlagText flags = flags();
    custom.flags().forEach(flags::add);
    return List.of(
        new Draft(join(custom.keyword(), flags.words(), custom.arguments()), custom.heredocs()));
  }

  @Override
  public List<Draft> visitEntrypoint(Entrypoint entrypoint) {
    return command("ENTRYPOINT", entrypoint.command());
  }

  @Override
  public List<Draft> visitEnv(Env env) {
    return pairs("ENV", env.variables());
  }

  @Override
  public List<Draft> visitLabel(Label label) {
    return pairs("LABEL", label.labels());
  }

  /** Two blanks keep an escape character at a key's end from taking the only one. */
  private List<Draft> pairs(String keyword, List<KeyValue> pairs) {
    return Stream.of(" ", "  ")
        .flatMap(
            blank -> {
              List<String> words =
                  pairs.stream()
                      .map(pair -> pair.key() + (pair.legacy() ? blank : "=") + pair.value())
                      .toList();
              return withEscapeAtEnd(words(keyword, List.of(), words));
            })
        .toList();
  }

  /** Adds drafts with an escape character at the end, which guards white space and is dropped. */
  private Stream<Draft> withEscapeAtEnd(List<Draft> drafts) {
    return Stream.concat(
        drafts.stream(),
        drafts.stream().map(draft -> new Draft(draft.line() + escape, draft.heredocs())));
  }

  @Override
  public List<Draft> visitExpose(Expose expose) {
    List<Draft> drafts = new ArrayList<>(words("EXPOSE", List.of(), expose.ports()));
    drafts.addAll(words("EXPOSE", List.of(), withoutSpaceAtEnds(expose.ports())));
    return drafts;
  }

  /** Puts first and last, if it can, what has no white space there that would be trimmed. */
  private static List<String> withoutSpaceAtEnds(List<String> words) {
    List<String> middle = new ArrayList<>(words);
    List<String> first = new ArrayList<>();
    List<String> last = new ArrayList<>();
    Predicate<String> startsWell = word -> !Whitespace.isSpace(word.charAt(0));
    Predicate<String> endsWell = word -> !Whitespace.isSpace(word.charAt(word.length() - 1));
    take(middle, startsWell.and(endsWell.negate()), first);
    if (first.isEmpty()) {
      take(middle, startsWell, first);
    }
    take(middle, endsWell.and(startsWell.negate()), last);
    if (last.isEmpty()) {
      take(middle, endsWell, last);
    }
    return Stream.of(first, middle, last).flatMap(List::stream).toList();
  }

  private static void take(List<String> from, Predicate<String> fits, List<String> to) {
    from.stream().filter(word -> !word.isEmpty()).filter(fits).findFirst().ifPresent(to::add);
    to.forEach(from::remove);
  }

  @Override
  public List<Draft> visitFrom(From from) {
    FlagText flags = flags();
    flags.add("platform", from.platform());
    String rest = from.image() + from.name().map(name -> " AS " + name).orElse("");
    return line(join("FROM", flags.words(), rest));
  }

  @Override
  public List<Draft> visitHealthcheck(Healthcheck healthcheck) {
    if (healthcheck.command().isEmpty()) {
      return line("HEALTHCHECK NONE");
    }
    FlagText flags = flags();
    flags.add("interval", GoDuration.write(healthcheck.interval()));
    flags.add("timeout", GoDuration.write(healthcheck.timeout()));
    flags.add("start-period", GoDuration.write(healthcheck.startPeriod()));
    flags.add("start-interval", GoDuration.write(healthcheck.startInterval()));
    if (healthcheck.retries() != 0) {
      flags.add("retries", Integer.toString(healthcheck.retries()));
    }
    return line(join("HEALTHCHECK", flags.words(), "CMD " + text(healthcheck.command().get())));
  }

  @Override
  public List<Draft> visitMaintainer(Maintainer maintainer) {
    return plain("MAINTAINER", maintainer.name());
  }

  @Override
  public List<Draft> visitOnBuild(OnBuild onBuild) {
    return line("ONBUILD " + onBuild.trigger());
  }

  @Override
  public List<Draft> visitRun(Run run) {
    FlagText flags = flags();
    run.mounts().forEach(mount -> flags.add("mount", mount.text()));
    flags.add("network", run.network().map(mode -> Letters.lower(mode.name())));
    flags.add("security", run.security().map(mode -> Letters.lower(mode.name())));
    for (RunDevice device : run.devices()) {
      List<String> fields = new ArrayList<>();
      fields.add("name=" + device.name());
      if (device.required()) {
        fields.add("required");
      }
      flags.add("device", CsvFields.write(fields));
    }
    return List.of(new Draft(join("RUN", flags.words(), text(run.command())), run.heredocs()));
  }

  @Override
  public List<Draft> visitShell(Shell shell) {
    return plain("SHELL", json(shell.command()));
  }

  @Override
  public List<Draft> visitStopSignal(StopSignal stopSignal) {
    return plain("STOPSIGNAL", stopSignal.signal());
  }

  @Override
  public List<Draft> visitUser(User user) {
    return plain("USER", user.user());
  }

  @Override
  public List<Draft> visitVolume(Volume volume) {
    List<Draft> drafts = new ArrayList<>();
    if (volume.paths().stream().noneMatch(InstructionText::hasBlank)) {
      drafts.addAll(words("VOLUME", List.of(), volume.paths()));
    }
    drafts.addAll(plain("VOLUME", json(volume.paths())));
    return drafts;
  }

  @Override
  public List<Draft> visitWorkdir(Workdir workdir) {
    return plain("WORKDIR", workdir.path());
  }
}
