// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Buildah as a builder. */
final class BuildahBuild {
  private final Builders situation;
  private final Bench bench;
  private final Program buildah;
  private final Path tar;

  BuildahBuild(Builders situation) throws MissingPeerException {
    this.situation = situation;
    this.bench = situation.bench();
    this.buildah = bench.peers().require("buildah");
    this.tar = bench.scratch("buildah.tar");
  }

  Contender open() throws IOException, InterruptedException {
    List<List<String>> commands = new ArrayList<>();
    if (situation.base().isPresent()) {
      String archive = "docker-archive:" + buildah.path(situation.base().get().archive());
      List<String> load = buildah.command("pull", "-q", archive);
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
        bench.meter(), Set.of(), this::prepare, commands, this::listing, this::remove);
  }

  private List<String> build() throws MissingPeerException {
    boolean built = situation.start() == Builders.Start.BUILT;
    return buildah.command(
        "bud",
        "-q",
        built ? "--layers" : "--no-cache",
        "--pull-never",
        "-t",
        situation.image(),
        buildah.path(situation.context()));
  }

  private List<String> save() throws MissingPeerException {
    return buildah.command("push", "-q", situation.image(), "docker-archive:" + buildah.path(tar));
  }

  private void prepare() throws IOException, InterruptedException {
    Folders.delete(tar);
    situation.before().run();
  }

  private String listing() throws IOException, InterruptedException {
    Folders.delete(tar);
    bench.run(save());
    return Listing.ofArchive(tar, bench.scratch("listing"));
  }

  private void remove() throws IOException, InterruptedException {
    bench.run(buildah.command("rmi", "-f", situation.image()));
    if (situation.base().isPresent()) {
      bench.run(buildah.command("rmi", "-f", Images.NAME));
    }
  }
}
