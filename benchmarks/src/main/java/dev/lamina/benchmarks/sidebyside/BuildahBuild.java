// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Buildah as a builder: it has no daemon, and keeps layers only if it is told to. */
final class BuildahBuild extends ProgramBuild {
  BuildahBuild(Builders situation) throws MissingPeerException {
    super(situation, "buildah");
  }

  @Override
  List<String> load(Program buildah, Path archive) throws MissingPeerException {
    return buildah.command("pull", "-q", archive(buildah, archive));
  }

  @Override
  List<String> build(Program buildah, Builders what, boolean cached) throws MissingPeerException {
    return buildah.command(
        "bud",
        "-q",
        cached ? "--layers" : "--no-cache",
        "--pull-never",
        "-t",
        what.image(),
        buildah.path(what.context()));
  }

  @Override
  List<String> save(Program buildah, String image, Path archive) throws MissingPeerException {
    return buildah.command("push", "-q", image, archive(buildah, archive));
  }

  @Override
  List<String> remove(Program buildah, String image) throws MissingPeerException {
    return buildah.command("rmi", "-f", image);
  }

  @Override
  Optional<List<String>> forget(Program buildah) {
    return Optional.empty();
  }

  private static String archive(Program buildah, Path archive) throws MissingPeerException {
    return "docker-archive:" + buildah.path(archive);
  }
}
