// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is done with host folders. */
final class Folders {
  private Folders() {}

  static boolean isWindows() {
    return System.getProperty("os.name", "").startsWith("Windows");
  }

  /** Makes a folder, and those above it, unless it is there. */
  @CanIgnoreReturnValue
  static Path create(Path folder) throws IOException {
    // Java makes and throws an exception inside to learn that a folder is there.
    return Files.isDirectory(folder) ? folder : Files.createDirectories(folder);
  }

  /** Deletes a folder with all that is in it; links are deleted, not followed. */
  static void deleteRecursively(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          deleteRecursively(child);
        }
      } catch (NoSuchFileException e) {
        return; // gone by another hand
      }
    }
    Files.deleteIfExists(folder);
  }

  /** Makes the names in a folder outlast a power cut. */
  static void sync(Path folder) throws IOException {
    if (!isWindows()) { // there, folders can't be opened
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
