// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.ProcessUser;
import dev.lamina.spi.RunException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An image's users, from files that may be anything. */
class UserDatabaseTest {
  private static final Metadata METADATA = Metadata.of(0644, Instant.EPOCH);

  private static FileTree root(Node passwd) throws IOException {
    return FileTree.empty()
        .apply(Changes.builder().put(TreePath.of("/etc/passwd"), passwd).build());
  }

  private static FileTree passwd(String text) throws IOException {
    return root(Node.file(METADATA, Content.of(text.getBytes(UTF_8))));
  }

  static Stream<Node> whatIsNoFile() {
    return Stream.of(
        Node.fifo(METADATA),
        Node.directory(METADATA),
        Node.device(METADATA, false, 1, 5),
        Node.symlink(METADATA, "/nowhere"),
        Node.symlink(METADATA, "../../../../../../proc/self/environ"),
        Node.file(METADATA, Content.of(new byte[(8 << 20) + 1])));
  }

  @ParameterizedTest
  @MethodSource("whatIsNoFile")
  void whatIsNoFileOfTheImageIsRefused(Node passwd) throws Exception {
    FileTree root = root(passwd);

    assertThatThrownBy(() -> UserDatabase.of(root))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("/etc/passwd: expected");
  }

  @Test
  void linesThatAreNotSoundAreSkipped() throws Exception {
    UserDatabase users =
        UserDatabase.of(
            passwd(
                """

                # no user
                :::
                bad:x:-1:0::/:
                big:x:99999999999:0::/:
                bob:x:7:8::/home/bob:
                """));

    assertThat(users.resolve("bob").uid()).isEqualTo(7);
    assertThatThrownBy(() -> users.resolve("bad")).isInstanceOf(RunException.class);
    assertThatThrownBy(() -> users.resolve("big")).isInstanceOf(RunException.class);
  }

  @Test
  void largerThanAnIdIsRefused() throws Exception {
    UserDatabase users = UserDatabase.of(passwd("over:x:4294967295:0::/:\n"));

    assertThatThrownBy(() -> users.resolve("over")).isInstanceOf(RunException.class);
    assertThatThrownBy(() -> users.resolve("4294967296")).isInstanceOf(RunException.class);
  }

  /** As runc and BuildKit's executor have it in Docker Engine 28.5. */
  @Test
  void numbersAreNoNames() throws Exception {
    UserDatabase users = UserDatabase.of(passwd("77:x:5:6::/:\nseven:x:77:9::/seven:\n"));

    assertThat(users.resolve("77")).isEqualTo(new ProcessUser(77, 9, List.of(9L), "/seven"));
    assertThat(users.resolve("5")).isEqualTo(new ProcessUser(5, 6, List.of(6L), "/"));
  }

  @Test
  void rootNeedsNoEntryBesideAGroupThatNeedsNone() throws Exception {
    UserDatabase users = UserDatabase.of(FileTree.empty());

    assertThat(users.resolve("root:root").uid()).isZero();
    assertThat(users.resolve("root:5").gid()).isEqualTo(5);
    assertThat(users.resolve("7:root").gid()).isZero();
    assertThatThrownBy(() -> users.resolve("root")).isInstanceOf(RunException.class);
  }

  @Test
  void anEntryWithoutAHomeIsNoEntryWithASlash() throws Exception {
    UserDatabase users = UserDatabase.of(passwd("short:x:3:4\nnone:x:5:6:::/bin/sh\n"));

    assertThat(users.resolve("short").home()).isEmpty();
    assertThat(users.resolve("none").home()).isEmpty();
    assertThat(users.resolve("9").home()).isEqualTo("/");
  }
}
