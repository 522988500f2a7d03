// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.error.LaminaException;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.LocalStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
  private static final int MAX_WORDS = 4096;

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
    return run(
        save,
        process -> {
          process.getOutputStream().close();
          try (InputStream in = process.getInputStream();
              ArchiveCopy copy = ArchiveCopy.of(in, store)) {
            requireSuccess(save, process);
            TarFiles files = TarFiles.scan(copy.content(), String.join(" ", save));
            return Loading.leased(store, () -> new DockerArchiveReader(files, store).read());
          }
        });
  }

  /** Loads images into the daemon. */
  @Override
  public void write(LocalStore store, List<NamedImage> images) throws IOException {
    List<String> load = with("load");
    load.add("--quiet");
    boolean unused =
        run(
            load,
            process -> {
              Thread drain = drain(process.getInputStream(), new ByteArrayOutputStream());
              try (OutputStream out = process.getOutputStream()) {
                DockerArchive.to(out).write(store, images);
              } catch (IOException e) {
                requireSuccess(load, process); // what it says is why the pipe broke
                throw e;
              }
              requireSuccess(load, process);
              join(drain);
              return true;
            });
  }

  private List<String> with(String argument) {
    List<String> all = new ArrayList<>(command);
    all.add(argument);
    return all;
  }

  /** What is done with the program while it runs. */
  private interface Use<T> {
    T with(Running process) throws IOException;
  }

  /** A program, and what it has said on its standard error. */
  private record Running(Process process, ByteArrayOutputStream words, Thread drain) {
    InputStream getInputStream() {
      return process.getInputStream();
    }

    OutputStream getOutputStream() {
      return process.getOutputStream();
    }
  }

  private static <T> T run(List<String> command, Use<T> use) throws IOException {
    Process process = new ProcessBuilder(command).start();
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    try {
      return use.with(new Running(process, words, drain(process.getErrorStream(), words)));
    } finally {
      process.destroy();
    }
  }

  private static Thread drain(InputStream in, ByteArrayOutputStream words) {
    Thread thread =
        new Thread(
            () -> {
              byte[] chunk = new byte[1024];
              try (in) {
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                  if (words.size() < MAX_WORDS) {
                    words.write(chunk, 0, n);
                  }
                }
              } catch (IOException e) {
                // The program is gone; its exit code says how.
              }
            },
            "lamina-docker-program");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void requireSuccess(List<String> command, Running running) throws IOException {
    try {
      int code = running.process().waitFor();
      running.drain().join();
      if (code != 0) {
        String said = running.words().toString(StandardCharsets.UTF_8).strip();
        throw new LaminaException(
            String.join(" ", command)
                + ": expected success, found exit code "
                + code
                + ": "
                + said);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void join(Thread thread) throws InterruptedIOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static InterruptedIOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException io = new InterruptedIOException("docker program");
    io.initCause(e);
    return io;
  }
}
