// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that come and go beside each other, of one JVM and of others. */
class WorkspaceTest {
  @TempDir Path home;

  @BeforeEach
  void onLinux() {
    assumeTrue(Files.exists(Path.of("/proc/sys/kernel/random/boot_id")), "needs Linux");
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> walk = Files.walk(directory)) {
        for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private List<String> sessions(Workspace workspace) throws IOException {
    try (Stream<Path> files = Files.list(workspace.folder().resolve("sessions"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Another JVM, which opens the workspace and says what it removes. */
  static final class Child {
    private Child() {}

    /** Opens it. */
    public static void main(String[] arguments) throws Exception {
      Workspace opened = Workspace.open(Path.of(arguments[0]), "me", System.out::println);
      System.out.println("opened " + opened.folder().equals(Path.of(arguments[1])));
    }
  }

  /** Whatever of a session's directory is gone already, it is nobody else's to remove. */
  @Test
  void anotherJvmLeavesASessionAloneThatIsBeingRemoved() throws Exception {
    List<String> command = ChildJvm.command(Child.class, List.of("-Xmx64m", "-XX:+UseSerialGC"));
    command.add(home.toString());
    List<String> said = new ArrayList<>();
    Workspace.TreeRemover remover =
        directory -> {
          try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
              remove(child);
            }
          }
          command.add(directory.getParent().getParent().toString());
          Process other =
              new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
          try (var out = other.inputReader()) {
            out.lines().forEach(said::add);
          }
          Files.delete(directory); // which must be empty still
        };
    Workspace workspace = Workspace.open(home, "me", remover);
    Workspace.SessionFolder session = workspace.newSession();
    Files.createDirectory(session.upper());

    session.close();

    assertThat(said).containsExactly("opened true");
    assertThat(sessions(workspace)).containsExactly(".lock");
  }

  /** A killed JVM leaves a directory, or a lock that has not got one yet or has none any more. */
  @Test
  void whatKilledJvmsLeftIsRemoved() throws Exception {
    Workspace workspace = Workspace.open(home, "me", WorkspaceTest::remove);
    Path sessions = workspace.folder().resolve("sessions");
    Files.createFile(sessions.resolve("both.lock"));
    Files.createDirectories(sessions.resolve("both/upper"));
    Files.createFile(sessions.resolve("locked.lock"));
    Files.createDirectory(sessions.resolve("directory"));
    Workspace.SessionFolder alive = workspace.newSession();

    Workspace again = Workspace.open(home, "me", WorkspaceTest::remove);

    String id = alive.path().getFileName().toString();
    assertThat(sessions(again)).containsExactlyInAnyOrder(".lock", id, id + ".lock");
    alive.close();
    assertThat(sessions(again)).containsExactly(".lock");
  }
}
