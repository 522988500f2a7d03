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
import dev.lamina.spi.RunException;
import java.io.IOException;
import java.time.Instant;
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
}
