// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The host's own union file system: a folder to fill, and the folder it is seen through once it is
 * mounted. Where no overlay can be mounted (not root, not Linux) the second is an empty folder, so
 * that it is at least an ordinary file system of the host.
 */
final class KernelMount implements AutoCloseable {
  private final Path folder;
  private final Path lower;
  private final Path merged;
  private boolean overlay;
  private String kind = "not mounted";

  /** An unmounted one; its files are in memory if the host has a folder for that. */
  KernelMount() throws IOException {
    Path memory = Path.of("/dev/shm");
    this.folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "lamina-kernel")
            : Files.createTempDirectory("lamina-kernel");
    this.lower = Files.createDirectories(folder.resolve("lower"));
    this.merged = Files.createDirectories(folder.resolve("merged"));
  }

  /** What is put here before {@link #mount} is below. */
  Path lower() {
    return lower;
  }

  /** Where the changes are to be made. */
  Path merged() {
    return merged;
  }

  /** Whether the kernel's overlayfs is what changes go to. */
  boolean isOverlay() {
    return overlay;
  }

  /** What it turned out to be, with the reason. */
  String kind() {
    return kind;
  }

  /** Mounts an overlay that keeps hard links and can rename directories, if the host can. */
  void mount() throws IOException, InterruptedException {
    for (String name : new String[] {"upper", "work"}) {
      Files.createDirectories(folder.resolve(name));
    }
    String options =
        String.format(
            "lowerdir=%1$s/lower,upperdir=%1$s/upper,workdir=%1$s/work,index=on,redirect_dir=on",
            folder);
    String answer = run("mount", "-t", "overlay", "overlay", "-o", options, merged.toString());
    if (answer.isEmpty()) {
      overlay = true;
      kind = "overlayfs";
    } else {
      kind = "a folder of the host, since no overlay could be mounted: " + answer;
    }
  }

  private static String run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      byte[] output = process.getInputStream().readAllBytes();
      String text = new String(output, StandardCharsets.UTF_8).trim();
      int status = process.waitFor();
      return status == 0 ? "" : command[0] + " exited with " + status + ": " + text;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Override
  public void close() throws IOException {
    if (isOverlay()) {
      try {
        String answer = run("umount", merged.toString());
        if (!answer.isEmpty()) {
          throw new IOException(answer);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    String answer = "";
    try {
      String ignored = run("chmod", "-R", "u+rwX", folder.toString()); // rm says if that fails
      answer = run("rm", "-rf", folder.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!answer.isEmpty()) {
      throw new IOException(answer);
    }
  }
}
