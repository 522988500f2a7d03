// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moving files and directories. */
interface MoveContract extends ContractFixture {
  @Test
  default void movingReplacesOnlyWhenAsked() throws IOException {
    Files.writeString(p("a"), "a");
    assertThatThrownBy(() -> Files.move(p("a"), p("low/file")))
        .isInstanceOf(FileAlreadyExistsException.class);
    Files.move(p("a"), p("low/file"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(p("low/file"))).isEqualTo("a");
    assertThat(Files.readString(p("low/hard"))).isEqualTo("lower text");
  }

  @Test
  default void movingADirectoryMovesWhatIsInIt() throws IOException {
    Files.move(p("low"), p("high"));
    assertThat(Files.readString(p("high/dir/nested"))).isEqualTo("nested");
    assertThat(Files.exists(p("low"))).isFalse();
  }

  @Test
  default void aDirectoryIsNotMovedIntoItself() {
    assertThatThrownBy(() -> Files.move(p("low"), p("low/dir/low")))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  default void movingOntoAFullDirectoryIsRefused() throws IOException {
    Files.createDirectory(p("d"));
    assertThatThrownBy(() -> Files.move(p("d"), p("low"), StandardCopyOption.REPLACE_EXISTING))
        .isInstanceOf(DirectoryNotEmptyException.class);
    assertThatThrownBy(() -> Files.move(p("d"), p("low"), StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  default void movingBetweenTwoNamesOfAFileKeepsBoth() throws IOException {
    Files.move(p("low/file"), p("low/hard"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.exists(p("low/file"))).isTrue();
    assertThat(Files.exists(p("low/hard"))).isTrue();
  }

  @Test
  default void movingBetweenTwoNamesAtomicallyKeepsBothToo() throws IOException {
    Files.createDirectory(p("d"));
    Files.createLink(p("d/third"), p("low/file"));
    Files.move(p("low/hard"), p("d/third"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.readString(p("d/third"))).isEqualTo("lower text");
    assertThat(ContractFixture.links(p("low/hard"))).isEqualTo(3);
  }

  @Test
  default void movingWithoutReplacingBetweenTwoNamesChangesNothing() throws IOException {
    Files.move(p("low/file"), p("low/hard"));
    assertThat(ContractFixture.links(p("low/file"))).isEqualTo(2);
  }

  @Test
  default void movingToItselfChangesNothing() throws IOException {
    Files.move(p("low/file"), p("low/file"));
    Files.move(p("low/dir"), p("low/./dir"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text");
    assertThat(Files.readString(p("low/dir/nested"))).isEqualTo("nested");
  }

  @Test
  default void aMovedNameTakesItsInodeAlong() throws IOException {
    Files.move(p("low/file"), p("moved"));
    Files.writeString(p("moved"), "changed");
    assertThat(Files.readString(p("low/hard"))).isEqualTo("changed");
    assertThat(ContractFixture.links(p("moved"))).isEqualTo(2);
  }

  @Test
  default void anAtomicMoveReplacesAFile() throws IOException {
    Files.writeString(p("a"), "a");
    Files.move(p("a"), p("low/file"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.readString(p("low/file"))).isEqualTo("a");
    assertThat(ContractFixture.links(p("low/hard"))).isEqualTo(1);
  }

  @Test
  default void anAtomicMoveReplacesAnEmptyDirectory() throws IOException {
    Files.createDirectory(p("empty"));
    Files.move(p("low/dir"), p("empty"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.readString(p("empty/nested"))).isEqualTo("nested");
  }

  @Test
  default void anAtomicMoveDoesNotMixKinds() throws IOException {
    Files.createDirectory(p("empty"));
    assertThatThrownBy(() -> Files.move(p("low/file"), p("empty"), StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.move(p("empty"), p("low/file"), StandardCopyOption.ATOMIC_MOVE))
        .isInstanceOf(FileSystemException.class);
    assertThat(Files.isDirectory(p("empty"))).isTrue();
    assertThat(Files.isRegularFile(p("low/file"))).isTrue();
  }

  @Test
  default void replacingMixesKinds() throws IOException {
    Files.createDirectory(p("empty"));
    Files.move(p("low/file"), p("empty"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(p("empty"))).isEqualTo("lower text");
    Files.move(p("low/dir"), p("empty"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(p("empty/nested"))).isEqualTo("nested");
  }

  @Test
  default void movingALinkMovesTheLink() throws IOException {
    Files.move(p("low/link"), p("link"));
    assertThat(Files.readSymbolicLink(p("link")).toString()).isEqualTo("file");
    assertThat(Files.exists(p("low/file"))).isTrue();
  }

  @Test
  default void movingOntoALinkReplacesTheLink() throws IOException {
    Files.writeString(p("a"), "a");
    Files.move(p("a"), p("low/link"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.isSymbolicLink(p("low/link"))).isFalse();
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text");
  }

  @Test
  default void movingIntoNothingFails() {
    assertThatThrownBy(() -> Files.move(p("low/file"), p("no/file")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.move(p("low/file"), p("low/hard/x")))
        .isInstanceOf(FileSystemException.class);
    assertThat(Files.exists(p("low/file"))).isTrue();
  }

  @Test
  default void attributesGoWithAMove() throws IOException {
    FileTime time = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(p("low/dir/nested"), time);
    Files.setPosixFilePermissions(
        p("low/dir/nested"), PosixFilePermissions.fromString("r-xr-x--x"));
    Files.move(p("low/dir/nested"), p("moved"));
    assertThat(Files.getLastModifiedTime(p("moved"))).isEqualTo(time);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p("moved"))))
        .isEqualTo("r-xr-x--x");
  }

  @Test
  default void movingThereAndBackGivesTheSame() throws IOException {
    for (int i = 0; i < 10; i++) {
      Files.move(p("low"), p("high"));
      Files.move(p("high"), p("low"));
    }
    assertThat(Files.readString(p("low/dir/nested"))).isEqualTo("nested");
    assertThat(ContractFixture.links(p("low/file"))).isEqualTo(2);
  }

  @Test
  default void directoriesAreSwappedOverAThird() throws IOException {
    Files.createDirectory(p("a"));
    Files.createDirectory(p("b"));
    Files.writeString(p("a/f"), "a");
    Files.writeString(p("b/f"), "b");
    Files.move(p("a"), p("t"));
    Files.move(p("b"), p("a"));
    Files.move(p("t"), p("b"));
    assertThat(Files.readString(p("a/f"))).isEqualTo("b");
    assertThat(Files.readString(p("b/f"))).isEqualTo("a");
  }

  @Test
  default void unknownOptionsAreRefused() {
    assertThatThrownBy(() -> Files.move(p("low/file"), p("x"), StandardCopyOption.COPY_ATTRIBUTES))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> Files.move(p("low/file"), p("x"), (CopyOption) null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  default void theParentsGetTheTimeOfAMove() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.createDirectory(p("d"));
    for (String path : List.of("d", "low", "low/dir")) {
      Files.setLastModifiedTime(p(path), old);
    }
    Files.move(p("low/dir"), p("d/dir"));
    assertThat(Files.getLastModifiedTime(p("d"))).isGreaterThan(old);
    assertThat(Files.getLastModifiedTime(p("low"))).isGreaterThan(old);
    assertThat(Files.getLastModifiedTime(p("d/dir"))).isEqualTo(old);
  }
}
