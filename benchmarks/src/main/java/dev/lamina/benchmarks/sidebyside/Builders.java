// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Those who build an image from a Dockerfile, each in the same situation.
 *
 * @param bench what they are made with
 * @param row the row's name, which images are named after
 * @param context the folder with the Dockerfile
 * @param start what each build begins with
 * @param before what is done before each build
 * @param base makes the archive of the image that {@code FROM} names, if it does
 * @param archive whether the image is to be written into a Docker archive too
 */
record Builders(
    Bench bench,
    String row,
    Path context,
    Start start,
    Contender.Step before,
    Optional<Base> base,
    boolean archive) {
  static final String DOCKER = "docker build (BuildKit)";
  static final String BUILDAH = "buildah bud";

  /** What a build begins with. */
  enum Start {
    /** The same has been built before, and steps are looked up. */
    BUILT,
    /** There is a base that was used before, and no step is looked up. */
    USED_BASE,
    /** There is nothing; the base is loaded as a part of the work. */
    NOTHING
  }

  /** Makes an image. */
  interface Base {
    /** Returns its archive. */
    Path archive() throws IOException, InterruptedException;
  }

  /** Returns builders that have built the same before. */
  static Builders of(Bench bench, String row, Path context) {
    return new Builders(
        bench, row, context, Start.BUILT, Contender.NOTHING, Optional.empty(), false);
  }

  /** Returns builders without any cache, whose Dockerfile begins {@code FROM scratch}. */
  Builders fromNothing() {
    return new Builders(bench, row, context, Start.NOTHING, before, base, archive);
  }

  /** Returns builders that have an image which the Dockerfile begins from. */
  Builders over(Start newStart, Base newBase) {
    return new Builders(bench, row, context, newStart, before, Optional.of(newBase), archive);
  }

  /** Returns builders before each of whose builds something is done. */
  Builders before(Contender.Step step) {
    return new Builders(bench, row, context, start, step, base, archive);
  }

  /** Returns builders that write an archive in the end. */
  Builders toArchive() {
    return new Builders(bench, row, context, start, before, base, true);
  }

  /** Returns what the image is called. */
  String image() {
    return "bench/" + row + ":1";
  }

  /** Returns all of them, Lamina first. */
  List<Side> all() {
    List<Side> sides = new ArrayList<>(Jvm.sides(jvm -> new LaminaBuild(this, jvm).open()));
    sides.add(new Side(DOCKER, () -> new DockerBuild(this).open()));
    sides.add(new Side(BUILDAH, () -> new BuildahBuild(this).open()));
    return sides;
  }
}
