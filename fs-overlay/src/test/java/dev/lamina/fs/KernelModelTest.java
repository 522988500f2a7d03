// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same random operations on the kernel's overlayfs and on ours: same answers, same exceptions,
 * same tree, same diff.
 *
 * <p>What may be different, and nothing else:
 *
 * <ul>
 *   <li>Where the JDK throws a plain {@code FileSystemException} for ENOTDIR, ELOOP or (extended
 *       attributes) EACCES, ours is its subclass {@code NotDirectoryException}, {@code
 *       FileSystemLoopException} or {@code AccessDeniedException}.
 *   <li>JDKs since say {@code NoSuchFileException} for some of these, by what they ask the kernel
 *       first: the classes are compared on JDK 17 only, on others just that both fail.
 *   <li>A {@code Files.move} or {@code copy} that replaces and fails may have deleted its target on
 *       the host, where the JDK does that first; ours has not. The sequence ends there.
 *   <li>Setting the time or an extended attribute of a file one may not read is refused on the
 *       host, where the JDK opens the file for that; the kernel and ours don't want that. The
 *       sequence ends there.
 *   <li>{@code COPY_ATTRIBUTES} cuts times to microseconds on the host, and gives a symbolic link a
 *       new one. The sequences have no other times, and don't copy links with their attributes. Of
 *       what a link leads to, copied over that link, it loses the extended attributes: the JDK
 *       deletes the link before it follows it again. They don't copy a path with its attributes to
 *       itself.
 *   <li>{@code toRealPath} of {@code folder/.} asks on the host, where the C library does it, for
 *       no right to search that folder; ours does, as the kernel's calls do.
 * </ul>
 *
 * <p>The kernel is asked with {@code index=on}, since without it overlayfs breaks hard links when
 * it copies up, which ours never does; and with {@code redirect_dir=on}, since without it it
 * refuses to rename a lower directory.
 */
class KernelModelTest {
  private static final int SEQUENCES = Integer.getInteger("lamina.model.sequences", 2_000);
  private static final int LENGTH = Integer.getInteger("lamina.model.length", 14);
  private static final long FIRST = Long.getLong("lamina.model.first", 0);
  private static final int NOBODY = 65534;

  @Test
  void everySequenceEndsAsOnTheHost() throws Exception {
    try (KernelMount kernel = new KernelMount()) {
      assumeOracle(kernel.lower());
      String wrong = KernelModel.summary(new KernelModel(FIRST, SEQUENCES, LENGTH).run(kernel));
      assertThat(wrong).as("%d sequences on %s", SEQUENCES, kernel.kind()).isEmpty();
    }
  }

  /** The one above may be root, to whom nothing is refused; this is about who may do what. */
  @Test
  void everySequenceOfAnotherUserEndsAsOnTheHost(@TempDir Path folder) throws Exception {
    assumeOracle(folder);
    assumeTrue(
        Files.getAttribute(folder, "unix:uid").equals(0),
        "only root can become somebody else; for others the other test is about permissions");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv (util-linux)");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                "/usr/bin/setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                java.toString(),
                "-cp",
                copyOf(FileTree.class, folder) + ":" + copyOf(KernelModel.class, folder),
                KernelModel.class.getName(),
                "" + FIRST,
                "" + SEQUENCES / 2,
                "" + LENGTH)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assumeTrue(status != 126 && status != 127, "another user can't run " + java);
    assertThat(output).isEmpty();
    assertThat(status).isZero();
  }

  private static void assumeOracle(Path folder) throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("unix"),
        "the host is no Unix, so it is no oracle");
    assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("user"),
        "the host's file system has no extended attributes of users");
  }

  /** The classes where everybody can read them; the build's folder may be in root's home. */
  private static Path copyOf(Class<?> one, Path folder) throws IOException, URISyntaxException {
    Path from = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path to = Files.createDirectory(folder.resolve(one.getSimpleName()));
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return to;
  }
}
