// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Debian root file system, made by {@code debootstrap} from the machine's own mirror. */
final class Debian {
  private static final Pattern MIRROR =
      Pattern.compile("(?m)^(?:URIs:|deb(?: \\[[^]]*])?)\\s+(https?://\\S+/debian/?)(?:\\s|$)");

  private Debian() {}

  /** Makes the root file system's tar in {@code folder}, or skips the test and says why. */
  static Path rootfsTar(Path folder) throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root: debootstrap, runc");
    assumeTrue(isOnPath("debootstrap"), "needs debootstrap");
    assumeTrue(isOnPath("runc"), "needs runc");
    Optional<String> mirror = mirror();
    assumeTrue(mirror.isPresent(), "needs a Debian mirror in the machine's apt sources");
    Path root = folder.resolve("rootfs");
    Path tar = folder.resolve("rootfs.tar");
    run("debootstrap", "--variant=minbase", "bookworm", root.toString(), mirror.orElseThrow());
    run("tar", "-C", root.toString(), "--numeric-owner", "--xattrs", "-cf", tar.toString(), ".");
    delete(root);
    return tar;
  }

  /** Deletes a folder and all in it. */
  static void delete(Path folder) throws IOException {
    run("rm", "-rf", "--one-file-system", folder.toString());
  }

  private static Optional<String> mirror() throws IOException {
    Path apt = Path.of("/etc/apt");
    if (!Files.isDirectory(apt)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(apt, 2)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*\\.(list|sources)")).sorted().toList()) {
        Matcher matcher = MIRROR.matcher(Files.readString(file));
        if (matcher.find()) {
          return Optional.of(matcher.group(1));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOnPath(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(List.of(command) + ": exit " + process.exitValue() + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
