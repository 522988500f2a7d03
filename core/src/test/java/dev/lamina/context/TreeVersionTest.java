// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells a tree of host files from others. */
class TreeVersionTest {
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(folder.resolve("d/e"));
    Files.writeString(folder.resolve("d/f"), "text");
    Files.writeString(folder.resolve("d/empty"), "");
    Files.createSymbolicLink(folder.resolve("l"), Path.of("d/f"));
  }

  private String version() throws Exception {
    return versionBefore(LATER).orElseThrow();
  }

  private Optional<String> versionBefore(Instant time) throws Exception {
    return BuildContext.folder(folder).scan(Set.of("/")).version(time);
  }

  /** Does something to the files. */
  private interface Edit {
    void run() throws IOException;
  }

  private void differsAfter(Edit edit) throws Exception {
    String before = version();
    edit.run();
    assertThat(version()).isNotEqualTo(before);
  }

  @Test
  void isTheSameAsLongAsNothingIsDone() throws Exception {
    assertThat(version()).isEqualTo(version());
  }

  @Test
  void isTheSameWhicheverThreadReadsADirectory() throws Exception {
    for (int i = 0; i < 200; i++) {
      Path directory = Files.createDirectories(folder.resolve("many/" + i % 14 + "/" + i));
      Files.writeString(directory.resolve("f"), "text");
    }
    Set<String> versions = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      versions.add(version());
    }
    assertThat(versions).hasSize(1);
  }

  @Test
  void filesOfAllNamesCanBeReadFromTheScan() throws Exception {
    Files.writeString(folder.resolve("d/Grüße 🌍"), "text");
    FileTree tree = BuildContext.folder(folder).scan(Set.of("/")).tree();
    Node.File file = (Node.File) tree.node(TreePath.of("/d/Grüße 🌍")).orElseThrow();
    assertThat(file.content().toByteArray()).asString(UTF_8).isEqualTo("text");
  }

  @Test
  void differsWhateverIsDoneToAFile() throws Exception {
    Path file = folder.resolve("d/f");
    FileTime time = Files.getLastModifiedTime(file);
    differsAfter(
        () -> {
          Files.writeString(file, "TEXT");
          Files.setLastModifiedTime(file, time); // the time of its inode can't be set back
        });
    differsAfter(
        () -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------")));
    differsAfter(() -> Files.move(file, folder.resolve("d/g")));
    differsAfter(() -> Files.move(folder.resolve("d/g"), folder.resolve("d/e/g")));
    differsAfter(() -> Files.delete(folder.resolve("d/e/g")));
    differsAfter(() -> Files.writeString(folder.resolve("d/new"), ""));
    differsAfter(() -> Files.writeString(folder.resolve("d/empty"), "x"));
  }

  @Test
  void differsWhateverIsDoneToOthers() throws Exception {
    differsAfter(() -> Files.delete(folder.resolve("d/e")));
    differsAfter(
        () ->
            Files.setPosixFilePermissions(
                folder.resolve("d"), PosixFilePermissions.fromString("rwx------")));
    differsAfter(
        () -> {
          Files.delete(folder.resolve("l"));
          Files.createSymbolicLink(folder.resolve("l"), Path.of("d/F"));
        });
  }

  @Test
  void timesOfDirectoriesAreNoPartOfIt() throws Exception {
    String before = version();
    Files.setLastModifiedTime(folder.resolve("d"), FileTime.from(Instant.EPOCH));
    assertThat(version()).isEqualTo(before);
  }

  @Test
  void thereIsNoneWhileAFileIsNew() throws Exception {
    Instant changed =
        ((FileTime)
                Files.getAttribute(folder.resolve("d/f"), "unix:ctime", LinkOption.NOFOLLOW_LINKS))
            .toInstant();
    assertThat(versionBefore(changed)).isEmpty();
    assertThat(versionBefore(changed.plusNanos(1))).isPresent();
  }

  @Test
  void thereIsNoneOfFilesInMemory() throws Exception {
    BuildContext context = BuildContext.of(Map.of("f", "text".getBytes(UTF_8)));
    assertThat(context.scan(Set.of("/")).version(LATER)).isEmpty();
    context = BuildContext.of(Map.of("f", new byte[0]));
    assertThat(context.scan(Set.of("/")).version(LATER)).isPresent();
  }
}
