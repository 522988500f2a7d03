// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host folders of stores in memory: who is killed leaves one, which the next deletes. */
class TemporaryFolderTest {
  @TempDir Path temporary;

  /** A JVM with a store in memory and a file in its host folder, until it is killed. */
  static final class Child {
    private Child() {}

    /** Says where the folder is. */
    public static void main(String[] arguments) throws Exception {
      try (LocalStore store = LocalStore.inMemory()) {
        Path folder = store.folder("downloads");
        Files.writeString(folder.resolve("file"), "kept");
        System.out.println(folder.getParent());
        System.out.flush();
        int unused = System.in.read();
      }
    }
  }

  private Process start() throws Exception {
    List<String> options = List.of("-Xmx64m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + temporary);
    return new ProcessBuilder(ChildJvm.command(Child.class, options))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders
          .filter(folder -> folder.toString().contains("lamina-store-"))
          .sorted()
          .toList();
    }
  }

  private void makeAnother() throws IOException {
    Sessions.Session session = TemporaryFolder.open(temporary);
    assertThat(session.folder()).isDirectory();
    session.close();
    assertThat(session.folder()).doesNotExist();
  }

  @Test
  void folderOfAProcessGoesWhenThatIsKilledAndNotBefore() throws Exception {
    Process child = start();
    try (var out = child.inputReader()) {
      Path folder = Path.of(out.readLine());
      makeAnother();
      assertThat(folders()).containsExactly(folder);
      assertThat(folder.resolve("downloads/file")).hasContent("kept");

      assertThat(child.toHandle().destroyForcibly()).isTrue();
      child.onExit().join();
      assertThat(folders()).containsExactly(folder);
      makeAnother();
      assertThat(folders()).isEmpty();
    }
  }

  @Test
  void foldersOfOneJvmStayUntilEachIsClosed() throws Exception {
    Sessions.Session first = TemporaryFolder.open(temporary);
    Sessions.Session second = TemporaryFolder.open(temporary);
    assertThat(folders()).containsExactlyInAnyOrder(first.folder(), second.folder());
    first.close();
    assertThat(folders()).containsExactly(second.folder());
    second.close();
    assertThat(folders()).isEmpty();
  }

  @Test
  void whatMayBeAnotherProgramsStays() throws Exception {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createFile(elsewhere.resolve("alive"));
    Files.createSymbolicLink(temporary.resolve("lamina-store-link"), elsewhere);
    Files.createDirectory(temporary.resolve("lamina-store-without-lock"));
    Files.createFile(temporary.resolve("lamina-store-file"));
    makeAnother();
    assertThat(folders()).hasSize(3);
    assertThat(elsewhere.resolve("alive")).exists();
  }

  @Test
  void folderOfAnotherUserStays() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can make one");
    Path others = Files.createDirectory(temporary.resolve("lamina-store-others"));
    Files.createFile(others.resolve("alive"));
    Files.setAttribute(others, "unix:uid", 1000);
    makeAnother();
    assertThat(folders()).containsExactly(others);

    Files.setAttribute(others, "unix:uid", 0);
    makeAnother();
    assertThat(folders()).isEmpty();
  }
}
