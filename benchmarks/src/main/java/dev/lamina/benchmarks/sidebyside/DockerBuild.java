// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Docker as a builder: what its daemon does counts. */
final class DockerBuild {
  private final Builders situation;
  private final Bench bench;
  private final Program docker;
  private final Path tar;

  DockerBuild(Builders situation) throws MissingPeerException {
    this.situation = situation;
    this.bench = situation.bench();
    this.docker = bench.peers().require("docker");
    this.tar = bench.scratch("docker.tar");
  }

  Contender open() throws IOException, InterruptedException {
    List<List<String>> commands = new ArrayList<>();
    if (situation.base().isPresent()) {
      List<String> load =
          docker.command("load", "-i", docker.path(situation.base().get().archive()));
      if (situation.start() == Builders.Start.NOTHING) {
        commands.add(load);
      } else {
        bench.run(load);
      }
    }
    if (situation.start() != Builders.Start.NOTHING) {
      bench.run(build());
    }
    commands.add(build());
    if (situation.archive()) {
      commands.add(save());
    }
    return new CommandContender(
        bench.meter(), docker.daemons(), this::prepare, commands, this::listing, this::remove);
  }

  private List<String> build() throws MissingPeerException {
    List<String> command = docker.command("build", "-q", "-t", situation.image());
    if (situation.start() != Builders.Start.BUILT) {
      command.add("--no-cache");
    }
    command.add(docker.path(situation.context()));
    return command;
  }

  private List<String> save() throws MissingPeerException {
    return docker.command("save", "-o", docker.path(tar), situation.image());
  }

  private void prepare() throws IOException, InterruptedException {
    if (situation.start() == Builders.Start.NOTHING) {
      // it would keep the context's files from one build to the next
      bench.run(docker.command("builder", "prune", "-af", "--filter", "type=source.local"));
    }
    situation.before().run();
  }

  private String listing() throws IOException, InterruptedException {
    bench.run(save());
    return Listing.ofArchive(tar, bench.scratch("listing"));
  }

  private void remove() throws IOException, InterruptedException {
    bench.run(docker.command("image", "rm", "-f", situation.image()));
    if (situation.base().isPresent()) {
      bench.run(docker.command("image", "rm", "-f", Images.NAME));
    }
  }
}
