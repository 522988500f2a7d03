// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A registry on this machine, {@code docker-registry}, with a folder of its own. */
final class RegistryProcess {
  private static final int START_MILLIS = 10_000;

  private final Path folder;
  private final int port;
  private Process process;

  private RegistryProcess(Path folder, int port) throws IOException, InterruptedException {
    this.folder = folder;
    this.port = port;
    this.process = start();
  }

  /**
   * Starts a registry.
   *
   * @throws MissingPeerException if the program isn't on the machine
   */
  static RegistryProcess start(Bench bench, String name) throws IOException, InterruptedException {
    Program unused = bench.peers().require("docker-registry");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    return new RegistryProcess(bench.scratch(name), port);
  }

  /** Returns the reference of an image in it. */
  String image() {
    return "localhost:" + port + "/" + Images.NAME;
  }

  /** Returns the same as skopeo and {@code JibCopy} take it. */
  String url() {
    return "docker://" + image();
  }

  /** Looks at the image in it, and at how many bytes it keeps. */
  Contender.Answer answer(Bench bench) {
    Path scratch = bench.scratch("listing-store");
    Contender.Answer files =
        () -> {
          bench.run(bench.lamina().task("pull", scratch.toString(), image()));
          try {
            return Listing.ofStore(scratch, image());
          } finally {
            Folders.delete(scratch);
          }
        };
    return files.sizedBy(folder.resolve("data"));
  }

  /** Empties it. */
  void renew() throws IOException, InterruptedException {
    stop();
    Folders.delete(folder.resolve("data"));
    process = start();
  }

  void stop() throws InterruptedException {
    process.destroy();
    int unused = process.waitFor();
  }

  private Process start() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path config = folder.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: error, accesslog: {disabled: true}}
        storage: {filesystem: {rootdirectory: %s}}
        http: {addr: 'localhost:%d'}
        """
            .formatted(folder.resolve("data"), port));
    Process started =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    awaitPort();
    return started;
  }

  private void awaitPort() throws IOException, InterruptedException {
    for (int waited = 0; waited < START_MILLIS; waited += 20) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    throw new IOException("docker-registry: doesn't listen on port " + port);
  }
}
