// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Copying files and directories. */
interface CopyContract extends ContractFixture {
  @Test
  default void aCopyHasTheBytesAndIsIndependent() throws IOException {
    Files.copy(p("low/file"), p("copy"));
    Files.writeString(p("low/file"), "changed");
    assertThat(Files.readString(p("copy"))).isEqualTo("lower text");
    assertThat(ContractFixture.links(p("copy"))).isEqualTo(1);
  }

  @Test
  default void aCopyKeepsAttributesWhenAsked() throws IOException {
    FileTime time = FileTime.from(Instant.parse("2001-02-03T04:05:06.123456Z"));
    Files.setLastModifiedTime(p("low/file"), time);
    Files.setPosixFilePermissions(p("low/file"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.copy(p("low/file"), p("copy"), StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(Files.getLastModifiedTime(p("copy"))).isEqualTo(time);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p("copy"))))
        .isEqualTo("rwxr-x---");
  }

  @Test
  default void copyingALinkFollowsItUnlessTold() throws IOException {
    Files.copy(p("low/link"), p("file"));
    Files.copy(p("low/link"), p("link"), LinkOption.NOFOLLOW_LINKS);
    assertThat(Files.isRegularFile(p("file"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.readSymbolicLink(p("link")).toString()).isEqualTo("file");
  }

  @Test
  default void copyingReplacesOnlyWhenAsked() throws IOException {
    assertThatThrownBy(() -> Files.copy(p("low/dir/nested"), p("low/file")))
        .isInstanceOf(FileAlreadyExistsException.class);
    Files.copy(p("low/dir/nested"), p("low/file"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(p("low/file"))).isEqualTo("nested");
    assertThat(Files.readString(p("low/hard"))).isEqualTo("lower text");
  }

  @Test
  default void aCopiedDirectoryIsEmpty() throws IOException {
    Files.copy(p("low"), p("copy"));
    try (Stream<Path> list = Files.list(p("copy"))) {
      assertThat(list).isEmpty();
    }
  }

  @Test
  default void aFullDirectoryIsNotReplacedByACopy() {
    assertThatThrownBy(
            () -> Files.copy(p("low/file"), p("low/dir"), StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
  }

  @Test
  default void copyingToItselfChangesNothing() throws IOException {
    Files.copy(p("low/file"), p("low/file"));
    Files.copy(p("low/file"), p("low/hard"));
    Files.copy(p("low/link"), p("low/file"));
    assertThat(ContractFixture.links(p("low/file"))).isEqualTo(2);
  }

  @Test
  default void aCopyOntoALinkReplacesTheLink() throws IOException {
    Files.copy(p("low/dir/nested"), p("low/link"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.isSymbolicLink(p("low/link"))).isFalse();
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text");
  }

  @Test
  default void aCopyHasTheModeButNotTheTime() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(p("low/file"), old);
    Files.setPosixFilePermissions(p("low/file"), PosixFilePermissions.fromString("rwx------"));
    Files.copy(p("low/file"), p("copy"));
    assertThat(Files.getLastModifiedTime(p("copy"))).isGreaterThan(old);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p("copy"))))
        .isEqualTo("rwx------");
  }

  @Test
  default void aMissingSourceIsNamed() {
    assertThatThrownBy(() -> Files.copy(p("no"), p("copy")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no");
    assertThatThrownBy(() -> Files.copy(p("low/file"), p("no/copy")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void aCopyIsNotAtomic() {
    assertThatThrownBy(() -> Files.copy(p("low/file"), p("copy"), StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  default void aCopyOfAFileBeingWrittenHasWhatIsThere() throws IOException {
    try (OutputStream out = Files.newOutputStream(p("a"))) {
      out.write("first".getBytes(UTF_8));
      out.flush();
      Files.copy(p("a"), p("copy"));
      out.write("second".getBytes(UTF_8));
    }
    assertThat(Files.readString(p("copy"))).isEqualTo("first");
    assertThat(Files.readString(p("a"))).isEqualTo("firstsecond");
  }

  @Test
  default void aCopyOfACopyIsIndependent() throws IOException {
    Files.copy(p("low/file"), p("b"));
    Files.copy(p("b"), p("c"));
    Files.writeString(p("b"), "B");
    assertThat(Files.readString(p("c"))).isEqualTo("lower text");
    Files.writeString(p("c"), "!", StandardOpenOption.APPEND);
    assertThat(Files.readString(p("c"))).isEqualTo("lower text!");
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text");
  }

  @Test
  default void aLargeCopyHasAllBytes() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(4).nextBytes(bytes);
    Files.write(p("big"), bytes);
    Files.copy(p("big"), p("copy"));
    Files.write(p("big"), new byte[] {1}, StandardOpenOption.WRITE);
    assertThat(Files.readAllBytes(p("copy"))).isEqualTo(bytes);
  }

  @Test
  default void aCopyKeepsExtendedAttributesWhenAsked() throws IOException {
    assumeTrue(
        Files.getFileStore(root()).supportsFileAttributeView("user"), "no extended attributes");
    Files.setAttribute(p("low/file"), "user:x", ByteBuffer.wrap(new byte[] {1, 2}));
    Files.copy(p("low/file"), p("copy"), StandardCopyOption.COPY_ATTRIBUTES);
    assertThat((byte[]) Files.getAttribute(p("copy"), "user:x")).containsExactly(1, 2);
  }
}
