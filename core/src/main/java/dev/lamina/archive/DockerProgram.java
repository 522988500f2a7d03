// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.error.LaminaException;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.LocalStore;
import dev.lamina.task.HostProcess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The images of a daemon, by way of its program: {@code docker load} and {@code docker save}.
 *
 * <pre>{@code
 * store.load(DockerProgram.docker().images("debian:bookworm"));
 * app.writeTo(DockerProgram.docker());        // then: docker run shop/app:1.4
 * }</pre>
 *
 * <p>The program is the only thing that is run, with the environment of this JVM, so {@code
 * DOCKER_HOST} and contexts count. What it says when it fails is in the exception. Immutable and
 * thread-safe.
 */
public final class DockerProgram implements ImageSink {
  private final List<String> command;

  private DockerProgram(List<String> command) {
    this.command = List.copyOf(command);
  }

  /** Returns the program {@code docker}, found as the shell finds it. */
  public static DockerProgram docker() {
    return of("docker");
  }

  /**
   * Returns another program that has the commands {@code load} and {@code save}.
   *
   * @param command program and first arguments: {@code podman}, or {@code docker --context far}
   */
  public static DockerProgram of(String... command) {
    if (command.length == 0) {
      throw new IllegalArgumentException("command: expected a program, found nothing");
    }
    return new DockerProgram(List.of(command));
  }

  /** Returns images of the daemon, by name, to be loaded into a store. */
  public ImageSource images(String... names) {
    List<String> save = with("save");
    for (String name : names) {
      save.add(ImageReference.parse(name).familiar());
    }
    return store -> save(save, store);
  }

  private static List<NamedImage> save(List<String> save, LocalStore store) throws IOException {
    HostProcess.Result<ArchiveCopy> saved =
        run(save, stdin -> {}, stdout -> ArchiveCopy.of(stdout, store));
    try (ArchiveCopy copy = saved.output()) {
      requireSuccess(save, saved);
      TarFiles files = TarFiles.scan(copy.content(), String.join(" ", save));
      return Loading.leased(store, () -> new DockerArchiveReader(files, store).read());
    }
  }

  /** Loads images into the daemon. */
  @Override
  public void write(LocalStore store, List<NamedImage> images) throws IOException {
    List<String> load = with("load");
    load.add("--quiet");
    requireSuccess(
        load, run(load, stdin -> DockerArchive.to(stdin).write(store, images), HostProcess::start));
  }

  private List<String> with(String argument) {
    List<String> all = new ArrayList<>(command);
    all.add(argument);
    return all;
  }

  private static <T> HostProcess.Result<T> run(
      List<String> command, HostProcess.Feeder feeder, HostProcess.Drain<T> drain)
      throws IOException {
    try {
      return HostProcess.finish(new ProcessBuilder(command).start(), feeder, drain);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException(command.get(0)).initCause(e);
    }
  }

  private static void requireSuccess(List<String> command, HostProcess.Result<?> result)
      throws LaminaException {
    if (result.exitCode() != 0) {
      throw new LaminaException(
          String.join(" ", command)
              + ": expected success, found exit code "
              + result.exitCode()
              + ": "
              + result.stderr().strip());
    }
  }
}
