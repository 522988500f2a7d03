// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import dev.lamina.fs.FileTree;
import dev.lamina.spi.Probe;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An engine that runs no processes: a table of commands and of what each does to the files, in
 * Java. Dockerfiles can be tested with it on every system, without Linux or privileges.
 *
 * <pre>{@code
 * RunScript script =
 *     RunScript.when("apt-get update", run -> {})
 *         .and("apt-get install *", run -> run.write("/usr/bin/git", "git"))
 *         .and("make test", run -> run.exit(2));
 * ImageBuilder.fromDockerfile(file).engine(script).build();
 * }</pre>
 *
 * <p>In a pattern {@code *} stands for any text, also for none. The first pattern that matches all
 * of a command counts; a command is what the shell is given, or a program and its arguments with
 * blanks between. If none matches a line of commands that are joined by {@code &&}, they are looked
 * up one by one, and carried out until one fails. A command that is not in the table is an error
 * that names those that are.
 *
 * <p>Each process has the files to itself while it runs, and what it changed is laid over the
 * session's when it ends. Mounts are there: what is written to a cache lasts as long as the script,
 * to another mount as long as the process. Layers are taken from the build cache only if this very
 * script made them. Immutable but for its caches; safe for use by several threads.
 */
public final class RunScript implements RunEngine {
  private final List<Entry> entries;
  private final String identity = UUID.randomUUID().toString();
  private final Map<String, FileTree> caches = new ConcurrentHashMap<>();

  /** A line of the table. */
  private record Entry(CommandPattern pattern, ScriptedCommand command) {}

  /** A command of the table that was asked for. */
  record Call(String text, List<String> wildcards, ScriptedCommand command) {}

  private RunScript(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Returns a script of one command. */
  public static RunScript when(String pattern, ScriptedCommand command) {
    return new RunScript(List.of(new Entry(CommandPattern.of(pattern), command)));
  }

  /** Returns this script with one more command, which counts where none before it matches. */
  public RunScript and(String pattern, ScriptedCommand command) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(new Entry(CommandPattern.of(pattern), command));
    return new RunScript(more);
  }

  /** Returns what has to be called for a command, in order. */
  List<Call> calls(List<String> argv) throws RunException {
    String text = CommandPattern.text(argv);
    Optional<Call> whole = call(text);
    if (whole.isPresent()) {
      return List.of(whole.get());
    }
    List<Call> calls = new ArrayList<>();
    for (String part : CommandPattern.parts(text)) {
      calls.add(call(part).orElseThrow(() -> unknown(part)));
    }
    return calls;
  }

  private Optional<Call> call(String text) {
    for (Entry entry : entries) {
      Optional<List<String>> wildcards = entry.pattern().match(text);
      if (wildcards.isPresent()) {
        return Optional.of(new Call(text, wildcards.get(), entry.command()));
      }
    }
    return Optional.empty();
  }

  private RunException unknown(String text) {
    StringBuilder message = new StringBuilder("command of the script: expected one of\n");
    entries.forEach(entry -> message.append("    ").append(entry.pattern()).append('\n'));
    return new RunException(message.append("  found\n    ").append(text).toString());
  }

  Map<String, FileTree> caches() {
    return caches;
  }

  @Override
  public String name() {
    return "script";
  }

  @Override
  public Probe probe() {
    return new Probe.Available("a script of " + entries.size() + " commands", List.of());
  }

  @Override
  public Optional<String> distinction() {
    return Optional.of("script " + identity);
  }

  @Override
  public RunSession open(RootFs root, Path folder) {
    return new ScriptSession(this, root.tree());
  }
}
