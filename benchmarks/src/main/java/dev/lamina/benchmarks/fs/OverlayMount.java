// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import dev.lamina.benchmarks.sample.SampleFolders;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The kernel's overlayfs over folders of this machine. */
final class OverlayMount implements AutoCloseable {
  private final Path folder;
  private final int layers;

  private OverlayMount(Path folder, int layers) {
    this.folder = folder;
    this.layers = layers;
  }

  /** Fills the folder of a layer; the last one is the lowest. */
  interface Filler {
    void fill(Path layer, int number) throws IOException;
  }

  /**
   * Mounts one in a temporary folder.
   *
   * @param layers how many lower ones there are
   * @throws IOException if it can't be mounted, as where this isn't root
   */
  static OverlayMount of(int layers, Filler filler) throws IOException {
    OverlayMount mount = new OverlayMount(Files.createTempDirectory("lamina-overlay"), layers);
    try {
      for (int i = 0; i < layers; i++) {
        filler.fill(Files.createDirectory(mount.folder.resolve(Integer.toString(i))), i);
      }
      Path unused = Files.createDirectory(mount.root());
      mount.mount();
      return mount;
    } catch (IOException e) {
      SampleFolders.delete(mount.folder);
      throw e;
    }
  }

  /** Returns where all layers are seen as one. */
  Path root() {
    return folder.resolve("root");
  }

  /** Throws away what was written. */
  void renew() throws IOException {
    run(List.of("umount", "root"));
    SampleFolders.delete(folder.resolve("upper"));
    SampleFolders.delete(folder.resolve("work"));
    mount();
  }

  /** Unmounts it and deletes all. */
  @Override
  public void close() throws IOException {
    run(List.of("umount", "root"));
    SampleFolders.delete(folder);
  }

  /** The kernel takes no more than a page of options: names of folders are relative. */
  private void mount() throws IOException {
    Path unusedUpper = Files.createDirectory(folder.resolve("upper"));
    Path unusedWork = Files.createDirectory(folder.resolve("work"));
    String lower =
        IntStream.range(0, layers).mapToObj(Integer::toString).collect(Collectors.joining(":"));
    String options = "lowerdir=" + lower + ",upperdir=upper,workdir=work";
    run(List.of("mount", "-t", "overlay", "overlay", "-o", options, "root"));
  }

  private void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command.get(0) + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(command.get(0));
    }
  }
}
