// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Docker as a builder: what its daemon does counts. */
final class DockerBuild extends ProgramBuild {
  DockerBuild(Builders situation) throws MissingPeerException {
    super(situation, "docker");
  }

  @Override
  List<String> load(Program docker, Path archive) throws MissingPeerException {
    return docker.command("load", "-i", docker.path(archive));
  }

  @Override
  List<String> build(Program docker, Builders what, boolean cached) throws MissingPeerException {
    List<String> command = docker.command("build", "-q", "-t", what.image());
    if (!cached) {
      command.add("--no-cache");
    }
    command.add(docker.path(what.context()));
    return command;
  }

  @Override
  List<String> save(Program docker, String image, Path archive) throws MissingPeerException {
    return docker.command("save", "-o", docker.path(archive), image);
  }

  @Override
  List<String> remove(Program docker, String image) throws MissingPeerException {
    return docker.command("image", "rm", "-f", image);
  }

  /** It would keep the context's files from one build to the next. */
  @Override
  Optional<List<String>> forget(Program docker) throws MissingPeerException {
    return Optional.of(docker.command("builder", "prune", "-af", "--filter", "type=source.local"));
  }
}
