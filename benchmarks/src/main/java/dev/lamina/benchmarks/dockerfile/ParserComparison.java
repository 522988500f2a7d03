// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import com.sun.management.OperatingSystemMXBean;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the parser side by side with another: {@code ParserComparison [PEER [FILE…]]}.
 *
 * <p>{@code PEER SECONDS FILE…} is run in turn with ours; it parses all files over and over for
 * that time and prints the nanoseconds of processor time that one pass took, all threads together.
 * Without files, those of {@link SampleDockerfiles} are used.
 */
public final class ParserComparison {

  /** Processor time, compiler and collector included: other processes must not count. */
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final int SECONDS = 3;
  private static final int ROUNDS = 5;

  private ParserComparison() {}

  /** Prints a table of the best of five rounds. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String peer = args.length == 0 ? "" : args[0];
    if (args.length > 1) {
      List<Path> given = new ArrayList<>();
      for (int i = 1; i < args.length; i++) {
        given.add(Path.of(args[i]));
      }
      compare("given", given, peer);
      return;
    }
    compare("usual", written(SampleDockerfiles.usual(40)), peer);
    compare("large", written(List.of(SampleDockerfiles.large(5_000_000))), peer);
  }

  private static List<Path> written(List<String> texts) throws IOException {
    Path folder = Files.createTempDirectory("dockerfiles");
    List<Path> files = new ArrayList<>();
    for (String text : texts) {
      files.add(Files.writeString(folder.resolve("Dockerfile" + files.size()), text));
    }
    return files;
  }

  private static void compare(String name, List<Path> paths, String peer)
      throws IOException, InterruptedException {
    List<byte[]> files = new ArrayList<>();
    long bytes = 0;
    for (Path path : paths) {
      files.add(Files.readAllBytes(path));
      bytes += files.get(files.size() - 1).length;
    }
    long best = Long.MAX_VALUE;
    long bestOfPeer = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.min(best, pass(files));
      if (!peer.isEmpty()) {
        bestOfPeer = Math.min(bestOfPeer, passOf(peer, paths));
      }
    }
    System.out.printf(
        "%s: %d files, %d bytes: %.1f MB/s, %.1f us a file%n",
        name, files.size(), bytes, bytes * 1e3 / best, best / 1e3 / files.size());
    if (!peer.isEmpty()) {
      System.out.printf(
          "  peer: %.1f MB/s, %.1f us a file; ours is %.1f times as fast%n",
          bytes * 1e3 / bestOfPeer, bestOfPeer / 1e3 / files.size(), (double) bestOfPeer / best);
    }
  }

  private static long pass(List<byte[]> files) {
    long before = PROCESS.getProcessCpuTime();
    long passes = 0;
    int statements = 0;
    while (PROCESS.getProcessCpuTime() - before < SECONDS * 1_000_000_000L) {
      for (byte[] file : files) {
        try {
          statements += Dockerfile.parse(file, "Dockerfile").statements().size();
        } catch (DockerfileSyntaxException e) {
          statements++;
        }
      }
      passes++;
    }
    if (statements == 0) {
      throw new IllegalStateException("nothing was read");
    }
    return (PROCESS.getProcessCpuTime() - before) / passes;
  }

  private static long passOf(String peer, List<Path> paths)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(peer, Integer.toString(SECONDS)));
    paths.forEach(path -> command.add(path.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(peer + ": " + answer);
    }
    return Long.parseLong(answer);
  }
}
