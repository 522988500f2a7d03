// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.expand.WordExpander;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * Expands of each instruction the fields that BuildKit expands.
 *
 * <p>What goes wrong is kept until all is done, so that each method can simply build its record;
 * the first problem is the one that counts.
 */
final class InstructionExpander implements Instruction.Visitor<Instruction> {

  private static final WordExpander BODY = WordExpander.withEscape('\\').ignoringQuotes();

  private final WordExpander words;
  private final Variables variables;
  private final Set<String> used = new LinkedHashSet<>();
  private final List<String> unset = new ArrayList<>();
  @Nullable private ExpansionException problem;

  InstructionExpander(char escape, Variables variables) {
    this.words = WordExpander.withEscape(escape);
    this.variables = variables;
  }

  Expansion expand(Instruction instruction) throws ExpansionException {
    Instruction expanded = instruction.accept(this);
    if (problem != null) {
      throw problem;
    }
    return new Expansion(expanded, used, unset);
  }

  private WordExpander.Expanded process(WordExpander expander, String word) {
    try {
      WordExpander.Expanded expanded = expander.process(word, variables);
      used.addAll(expanded.used());
      unset.addAll(expanded.unset());
      return expanded;
    } catch (ExpansionException e) {
      fail(e);
      return new WordExpander.Expanded(word, List.of(word), Set.of(), Set.of());
    }
  }

  private void fail(ExpansionException e) {
    if (problem == null) {
      problem = e.after(unset);
    }
  }

  private String word(String word) {
    return process(words, word).text();
  }

  private Optional<String> word(Optional<String> word) {
    return word.map(this::word);
  }

  private List<String> each(List<String> list) {
    return list.stream().map(this::word).toList();
  }

  private List<KeyValue> pairs(List<KeyValue> pairs) {
    return pairs.stream()
        .map(pair -> new KeyValue(word(pair.key()), word(pair.value()), pair.legacy()))
        .toList();
  }

  /** The body of a document without quotes: leading tabs are cut first, quotes are left alone. */
  private List<Heredoc> documents(List<Heredoc> heredocs) {
    return heredocs.stream()
        .map(
            heredoc ->
                heredoc.expand()
                    ? new Heredoc(
                        heredoc.name(),
                        process(BODY, heredoc.body()).text(),
                        false,
                        false,
                        heredoc.fileDescriptor())
                    : heredoc)
        .toList();
  }

  @Override
  public Instruction visitAdd(Add add) {
    Optional<String> chown = word(add.chown());
    Optional<String> chmod = word(add.chmod());
    Optional<String> checksum = word(add.checksum());
    List<String> sources = each(add.sources());
    String destination = word(add.destination());
    return new Add(
        sources,
        documents(add.heredocs()),
        destination,
        chown,
        chmod,
        add.link(),
        add.excludes(),
        checksum,
        add.keepGitDir(),
        add.unpack());
  }

  /** Expands the defaults alone: names are not expanded. */
  @Override
  public Instruction visitArg(Arg arg) {
    return new Arg(
        arg.arguments().stream()
            .map(argument -> new ArgDefinition(argument.name(), word(argument.defaultValue())))
            .toList());
  }

  @Override
  public Instruction visitCmd(Cmd cmd) {
    return cmd;
  }

  @Override
  public Instruction visitCopy(Copy copy) {
    Optional<String> chown = word(copy.chown());
    Optional<String> chmod = word(copy.chmod());
    List<String> sources = each(copy.sources());
    String destination = word(copy.destination());
    return new Copy(
        sources,
        documents(copy.heredocs()),
        destination,
        copy.from(),
        chown,
        chmod,
        copy.link(),
        copy.parents(),
        copy.excludes());
  }

  @Override
  public Instruction visitCustom(Custom custom) {
    return custom;
  }

  @Override
  public Instruction visitEntrypoint(Entrypoint entrypoint) {
    return entrypoint;
  }

  @Override
  public Instruction visitEnv(Env env) {
    return new Env(pairs(env.variables()));
  }

  /** Expands and then splits: one variable may hold several ports. */
  @Override
  public Instruction visitExpose(Expose expose) {
    List<String> ports = new ArrayList<>();
    for (String port : expose.ports()) {
      ports.addAll(process(words, port).words());
    }
    return new Expose(ports);
  }

  @Override
  public Instruction visitFrom(From from) {
    String image = word(from.image());
    if (image.isEmpty()) {
      fail(new ExpansionException("base name (" + from.image() + ") should not be blank"));
    }
    Optional<String> platform = word(from.platform());
    if (platform.equals(Optional.of(""))) {
      fail(
          new ExpansionException(
              "empty platform value from expression " + from.platform().orElseThrow()));
    }
    return new From(image, platform, from.name());
  }

  @Override
  public Instruction visitHealthcheck(Healthcheck healthcheck) {
    return healthcheck;
  }

  @Override
  public Instruction visitLabel(Label label) {
    return new Label(pairs(label.labels()));
  }

  @Override
  public Instruction visitMaintainer(Maintainer maintainer) {
    return maintainer;
  }

  @Override
  public Instruction visitOnBuild(OnBuild onBuild) {
    return onBuild;
  }

  @Override
  public Instruction visitRun(Run run) {
    return run.withMounts(run.mounts().stream().map(this::mount).toList());
  }

  /** Expands the values of the options; their names stand as they are. */
  private MountFlag mount(MountFlag mount) {
    List<String> fields = new ArrayList<>();
    for (String field : mount.fields()) {
      int value = field.indexOf('=') + 1;
      fields.add(value == 0 ? field : field.substring(0, value) + word(field.substring(value)));
    }
    return new MountFlag(CsvFields.write(fields));
  }

  @Override
  public Instruction visitShell(Shell shell) {
    return shell;
  }

  @Override
  public Instruction visitStopSignal(StopSignal stopSignal) {
    return new StopSignal(word(stopSignal.signal()));
  }

  @Override
  public Instruction visitUser(User user) {
    return new User(word(user.user()));
  }

  @Override
  public Instruction visitVolume(Volume volume) {
    List<String> paths = each(volume.paths());
    if (paths.contains("")) {
      fail(new ExpansionException("VOLUME specified can not be an empty string"));
    }
    return new Volume(paths);
  }

  @Override
  public Instruction visitWorkdir(Workdir workdir) {
    return new Workdir(word(workdir.path()));
  }
}
