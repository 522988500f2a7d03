// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows that move an image of 200 MB in five layers: archives, and a registry on this machine. */
final class TransferRows {
  private static final String DOCKER = "docker";
  private static final String BUILDAH = "buildah";

  private TransferRows() {}

  /** Makes somebody ready to move the image of an archive. */
  private interface Opening<T> {
    Contender open(T who, Path archive) throws IOException, InterruptedException;
  }

  /** Another program that does a row's work. */
  private record Peer(String name, Opening<Bench> opening) {}

  static List<Row> all() {
    return List.of(
        row(
            "load",
            "A Docker archive of five layers (200 MB) into an empty store; skopeo into a folder.",
            List.of(),
            Stored::loading,
            new Peer(DOCKER + " load", TransferRows::dockerLoad),
            new Peer(BUILDAH + " pull", TransferRows::buildahPull),
            new Peer(SkopeoSide.NAME, SkopeoSide::load)),
        row(
            "save",
            "The same image to a Docker archive.",
            List.of(),
            Stored::saving,
            new Peer(DOCKER + " save", TransferRows::dockerSave),
            new Peer(BUILDAH + " push", TransferRows::buildahPush),
            new Peer(SkopeoSide.NAME, SkopeoSide::save)),
        row(
            "push",
            "The same image, just loaded, to an empty registry; Docker's has been loaded long ago.",
            List.of(Target.cpu(SkopeoSide.NAME, 1.5)),
            Stored::pushing,
            new Peer(DOCKER + " push", TransferRows::dockerPush),
            new Peer(SkopeoSide.NAME, SkopeoSide::push),
            new Peer(JibSide.NAME, JibSide::push)),
        row(
            "push-blobs",
            "The same image as it came from a registry, its layers gzip, to an empty one.",
            List.of(Target.cpu(SkopeoSide.NAME, 1.5)),
            Stored::pushingBlobs,
            new Peer(SkopeoSide.NAME, SkopeoSide::pushBlobs)),
        row(
            "pull",
            "The same image, its layers gzip, from a registry into an empty store, readable.",
            List.of(Target.cpu(DOCKER + " pull", 1.5)),
            Stored::pulling,
            new Peer(DOCKER + " pull", TransferRows::dockerPull)),
        row(
            "pull-blobs",
            "The same image from a registry into an OCI layout, its layers as they come; Jib, which"
                + " can't stop there, writes them to a Docker archive too.",
            List.of(Target.cpu(SkopeoSide.NAME, 1.5)),
            Stored::pullingBlobs,
            new Peer(SkopeoSide.NAME, SkopeoSide::pull),
            new Peer(JibSide.NAME, JibSide::pull)));
  }

  private static Row row(
      String name, String question, List<Target> targets, Opening<Stored> lamina, Peer... peers) {
    return new Row(
        name,
        question,
        targets,
        bench -> {
          Path archive = bench.images().fiveLayers();
          List<Side> sides =
              new ArrayList<>(Jvm.sides(jvm -> lamina.open(new Stored(bench, jvm), archive)));
          for (Peer peer : peers) {
            sides.add(new Side(peer.name(), () -> peer.opening().open(bench, archive)));
          }
          return sides;
        });
  }

  private static Contender dockerLoad(Bench bench, Path archive) throws IOException {
    Program docker = bench.peers().require("docker");
    List<String> load = docker.command("load", "-i", docker.path(archive));
    List<String> remove = docker.command("image", "rm", "-f", Images.NAME);
    return new CommandContender(
        bench.meter(),
        docker.daemons(),
        () -> bench.run(remove),
        List.of(load),
        () -> ofDocker(bench, docker),
        () -> bench.run(remove));
  }

  private static String ofDocker(Bench bench, Program docker)
      throws IOException, InterruptedException {
    Path tar = bench.scratch("docker-listing.tar");
    bench.run(docker.command("save", "-o", docker.path(tar), Images.NAME));
    return bench.imageIn(tar).get();
  }

  private static Contender dockerSave(Bench bench, Path archive)
      throws IOException, InterruptedException {
    Program docker = bench.peers().require("docker");
    Path tar = bench.scratch("docker.tar");
    bench.run(docker.command("load", "-i", docker.path(archive)));
    return new CommandContender(
        bench.meter(),
        docker.daemons(),
        () -> Folders.delete(tar),
        List.of(docker.command("save", "-o", docker.path(tar), Images.NAME)),
        bench.imageIn(tar),
        () -> bench.run(docker.command("image", "rm", "-f", Images.NAME)));
  }

  private static Contender buildahPull(Bench bench, Path archive) throws IOException {
    Program buildah = bench.peers().require("buildah");
    Path tar = bench.scratch("buildah-listing.tar");
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> bench.run(buildah.command("rmi", "-a", "-f")),
        List.of(buildah.command("pull", "-q", "docker-archive:" + buildah.path(archive))),
        () -> {
          bench.run(
              buildah.command("push", "-q", Images.NAME, "docker-archive:" + buildah.path(tar)));
          return bench.imageIn(tar).get();
        },
        () -> bench.run(buildah.command("rmi", "-f", Images.NAME)));
  }

  private static Contender buildahPush(Bench bench, Path archive)
      throws IOException, InterruptedException {
    Program buildah = bench.peers().require("buildah");
    Path tar = bench.scratch("buildah.tar");
    bench.run(buildah.command("pull", "-q", "docker-archive:" + buildah.path(archive)));
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> Folders.delete(tar),
        List.of(buildah.command("push", "-q", Images.NAME, "docker-archive:" + buildah.path(tar))),
        bench.imageIn(tar),
        () -> bench.run(buildah.command("rmi", "-f", Images.NAME)));
  }

  private static Contender dockerPush(Bench bench, Path archive)
      throws IOException, InterruptedException {
    Program docker = bench.peers().require("docker");
    RegistryProcess registry = RegistryProcess.start(bench, "docker-registry");
    bench.run(docker.command("load", "-i", docker.path(archive)));
    bench.run(docker.command("tag", Images.NAME, registry.image()));
    return new CommandContender(
        bench.meter(),
        docker.daemons(),
        registry::renew,
        List.of(docker.command("push", "-q", registry.image())),
        registry.answer(bench),
        () -> {
          registry.stop();
          bench.run(docker.command("image", "rm", "-f", Images.NAME, registry.image()));
        });
  }

  private static Contender dockerPull(Bench bench, Path archive)
      throws IOException, InterruptedException {
    Program docker = bench.peers().require("docker");
    RegistryProcess registry = Stored.filled(bench, "docker-registry", archive);
    List<String> remove = docker.command("image", "rm", "-f", Images.NAME, registry.image());
    return new CommandContender(
        bench.meter(),
        docker.daemons(),
        () -> bench.run(remove),
        List.of(docker.command("pull", "-q", registry.image())),
        () -> {
          bench.run(docker.command("tag", registry.image(), Images.NAME));
          return ofDocker(bench, docker);
        },
        () -> {
          registry.stop();
          bench.run(remove);
        });
  }
}
