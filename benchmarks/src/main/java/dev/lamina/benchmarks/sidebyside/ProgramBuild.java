// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A builder that is a program with a store of its own. */
abstract class ProgramBuild {
  private final Builders situation;
  private final Bench bench;
  private final Program program;
  private final Path tar;

  ProgramBuild(Builders situation, String name) throws MissingPeerException {
    this.situation = situation;
    this.bench = situation.bench();
    this.program = bench.peers().require(name);
    this.tar = bench.scratch(name + ".tar");
  }

  /** Returns the command that takes an image from a Docker archive. */
  abstract List<String> load(Program to, Path archive) throws MissingPeerException;

  /** Returns the command that builds the situation's image, with what was built before or not. */
  abstract List<String> build(Program by, Builders what, boolean cached)
      throws MissingPeerException;

  /** Returns the command that writes an image into a Docker archive. */
  abstract List<String> save(Program from, String image, Path archive) throws MissingPeerException;

  /** Returns the command that forgets an image. */
  abstract List<String> remove(Program from, String image) throws MissingPeerException;

  /** Returns the command without which a build from nothing would begin with something. */
  abstract Optional<List<String>> forget(Program program) throws MissingPeerException;

  final Contender open() throws IOException, InterruptedException {
    List<List<String>> commands = new ArrayList<>();
    if (situation.base().isPresent()) {
      List<String> load = load(program, situation.base().get().archive());
      if (situation.start() == Builders.Start.NOTHING) {
        commands.add(load);
      } else {
        bench.run(load);
      }
    }
    List<String> build = build(program, situation, situation.start() == Builders.Start.BUILT);
    if (situation.start() != Builders.Start.NOTHING) {
      bench.run(build);
    }
    commands.add(build);
    if (situation.archive()) {
      commands.add(save());
    }
    return new CommandContender(
        bench.meter(), program.daemons(), this::prepare, commands, this::listing, this::remove);
  }

  private List<String> save() throws MissingPeerException {
    return save(program, situation.image(), tar);
  }

  private void prepare() throws IOException, InterruptedException {
    Folders.delete(tar);
    Optional<List<String>> forget = forget(program);
    if (situation.start() == Builders.Start.NOTHING && forget.isPresent()) {
      bench.run(forget.get());
    }
    situation.before().run();
  }

  private String listing() throws IOException, InterruptedException {
    Folders.delete(tar);
    bench.run(save());
    return bench.imageIn(tar).get();
  }

  private void remove() throws IOException, InterruptedException {
    bench.run(remove(program, situation.image()));
    if (situation.base().isPresent()) {
      bench.run(remove(program, Images.NAME));
    }
  }
}
