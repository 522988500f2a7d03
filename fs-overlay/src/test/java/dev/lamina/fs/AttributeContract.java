// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attributes and the views they are seen through. */
interface AttributeContract extends ContractFixture {
  @Test
  default void timesKeepTheirNanoseconds() throws IOException {
    FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00.000000001Z"));
    Files.setLastModifiedTime(p("low/dir"), time);
    assertThat(Files.getLastModifiedTime(p("low/dir"))).isEqualTo(time);
  }

  @Test
  default void modesOwnersAndXattrsAreKept() throws IOException {
    Files.setPosixFilePermissions(p("low/file"), PosixFilePermissions.fromString("r---w---x"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p("low/hard"))))
        .isEqualTo("r---w---x");
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text");
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(p(path)));
  }

  @Test
  default void basicAttributesTellTheKind() throws IOException {
    BasicFileAttributes file = Files.readAttributes(p("low/file"), BasicFileAttributes.class);
    assertThat(file.isRegularFile()).isTrue();
    assertThat(file.isDirectory() || file.isSymbolicLink() || file.isOther()).isFalse();
    assertThat(file.size()).isEqualTo(10);
    assertThat(Files.readAttributes(p("low"), BasicFileAttributes.class).isDirectory()).isTrue();
    assertThat(
            Files.readAttributes(
                    p("low/link"), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isSymbolicLink())
        .isTrue();
    assertThat(Files.readAttributes(p("low/link"), BasicFileAttributes.class).isRegularFile())
        .isTrue();
  }

  @Test
  default void attributesOfNothingAreNotRead() {
    assertThatThrownBy(() -> Files.readAttributes(p("no"), BasicFileAttributes.class))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.getLastModifiedTime(p("no")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.setLastModifiedTime(p("no"), FileTime.fromMillis(0)))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void viewsAreAskedWhenTheyAreUsed() throws IOException {
    BasicFileAttributeView view = Files.getFileAttributeView(p("a"), BasicFileAttributeView.class);
    assertThat(view.name()).isEqualTo("basic");
    assertThatThrownBy(view::readAttributes).isInstanceOf(NoSuchFileException.class);
    Files.createFile(p("a"));
    assertThat(view.readAttributes().size()).isZero();
  }

  @Test
  default void viewsOfOtherSystemsAreMissing() {
    assertThat(Files.getFileAttributeView(p("low/file"), AclFileAttributeView.class)).isNull();
    assertThatThrownBy(() -> Files.readAttributes(p("low/file"), "nothing:*"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> Files.setAttribute(p("low/file"), "nothing:x", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  default void namedAttributesAreChosen() throws IOException {
    assertThat(Files.readAttributes(p("low/file"), "size,isDirectory"))
        .containsOnly(Map.entry("size", 10L), Map.entry("isDirectory", false));
    assertThat(Files.readAttributes(p("low/file"), "*")).containsKeys("size", "fileKey", "isOther");
    assertThat(Files.readAttributes(p("low/file"), "posix:*"))
        .containsKeys("size", "permissions", "owner", "group");
    assertThat(Files.readAttributes(p("low/file"), "unix:*"))
        .containsKeys("mode", "ino", "dev", "rdev", "nlink", "uid", "gid", "ctime");
    assertThat(Files.readAttributes(p("low/file"), "owner:owner")).containsOnlyKeys("owner");
  }

  @Test
  default void unknownNamesAreRefused() {
    for (String name : List.of("x", "posix:x", "unix:x", "basic:size,x", "basic:")) {
      assertThatThrownBy(() -> Files.readAttributes(p("low/file"), name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Files.setAttribute(p("low/file"), "basic:x", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Files.setAttribute(p("low/file"), "size", 1L))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void valuesOfTheWrongTypeAreRefused() {
    assertThatThrownBy(() -> Files.setAttribute(p("low/file"), "lastModifiedTime", "now"))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> Files.setAttribute(p("low/file"), "unix:mode", "rwx"))
        .isInstanceOf(ClassCastException.class);
  }

  @Test
  default void timesAreSetTogetherOrNotAtAll() throws IOException {
    FileTime time = FileTime.fromMillis(1_000_000_000_000L);
    BasicFileAttributeView view =
        Files.getFileAttributeView(p("low/file"), BasicFileAttributeView.class);
    view.setTimes(time, null, null);
    view.setTimes(null, null, null);
    view.setTimes(null, FileTime.fromMillis(5), FileTime.fromMillis(6));
    assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(time);
  }

  @Test
  default void timesBefore1970AndFarAwayAreKept() throws IOException {
    for (String time :
        List.of(
            "1960-01-01T00:00:00Z",
            "1902-01-01T00:00:00Z",
            "2037-12-31T23:59:59.999999Z",
            "2200-01-01T00:00:00Z")) {
      FileTime wanted = FileTime.from(Instant.parse(time));
      Files.setLastModifiedTime(p("low/file"), wanted);
      assertThat(Files.getLastModifiedTime(p("low/file"))).isEqualTo(wanted);
    }
  }

  @Test
  default void writingGivesANewTime() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(p("low/file"), old);
    Files.writeString(p("low/file"), "x", StandardOpenOption.APPEND);
    assertThat(Files.getLastModifiedTime(p("low/hard"))).isGreaterThan(old);
  }

  @Test
  default void readingGivesNoNewTime() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(p("low/file"), old);
    Files.readAllBytes(p("low/file"));
    assertThat(Files.getLastModifiedTime(p("low/file"))).isEqualTo(old);
  }

  @Test
  default void aChangedModeLeavesTheTime() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(p("low/dir"), old);
    Files.setPosixFilePermissions(p("low/dir"), PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getLastModifiedTime(p("low/dir"))).isEqualTo(old);
  }

  @Test
  default void aDirectoryGetsTheTimeOfWhatIsMadeAndDeletedInIt() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    for (int i = 0; i < 2; i++) {
      Files.setLastModifiedTime(p("low/dir"), old);
      if (i == 0) {
        Files.createFile(p("low/dir/new"));
      } else {
        Files.delete(p("low/dir/new"));
      }
      assertThat(Files.getLastModifiedTime(p("low/dir"))).isGreaterThan(old);
    }
  }

  @Test
  default void writingAFileLeavesTheTimeOfItsDirectory() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(p("low/dir"), old);
    Files.writeString(p("low/dir/nested"), "changed");
    assertThat(Files.getLastModifiedTime(p("low/dir"))).isEqualTo(old);
  }

  @Test
  default void theTimeOfChangeIsNotSet() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(p("low/file"), old);
    assertThat((FileTime) Files.getAttribute(p("low/file"), "unix:ctime")).isGreaterThan(old);
  }

  @Test
  default void everyModeIsKept() throws IOException {
    for (int bits : new int[] {0, 04755, 02755, 01777, 07777, 0123}) {
      Files.setAttribute(p("low/file"), "unix:mode", bits);
      assertThat((Integer) Files.getAttribute(p("low/file"), "unix:mode") & 07777).isEqualTo(bits);
    }
    Files.setAttribute(p("low/file"), "unix:mode", 0644);
  }

  @Test
  default void theModeHasTheKind() throws IOException {
    assertThat((Integer) Files.getAttribute(p("low/file"), "unix:mode") & 0170000)
        .isEqualTo(0100000);
    assertThat((Integer) Files.getAttribute(p("low"), "unix:mode") & 0170000).isEqualTo(0040000);
    assertThat(
            (Integer) Files.getAttribute(p("low/link"), "unix:mode", LinkOption.NOFOLLOW_LINKS)
                & 0170000)
        .isEqualTo(0120000);
  }

  @Test
  default void permissionsAreThoseOfThePosixView() throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(p("low/file"), PosixFileAttributeView.class);
    assertThat(view.name()).isEqualTo("posix");
    view.setPermissions(
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.GROUP_WRITE));
    assertThat(mode("low/file")).isEqualTo("r---w----");
    assertThat(view.readAttributes().permissions()).hasSize(2);
    Files.setAttribute(
        p("low/file"), "posix:permissions", PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(mode("low/file")).isEqualTo("rw-r--r--");
  }

  @Test
  default void permissionsAreSetThroughALink() throws IOException {
    Files.setPosixFilePermissions(p("low/link"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(mode("low/file")).isEqualTo("rwxrwxrwx");
  }

  @Test
  default void ownersAreReadAndSetAgain() throws IOException {
    UserPrincipal owner = Files.getOwner(p("low/file"));
    assertThat(Files.setOwner(p("low/file"), owner)).isEqualTo(p("low/file"));
    FileOwnerAttributeView view =
        Files.getFileAttributeView(p("low/file"), FileOwnerAttributeView.class);
    assertThat(view.name()).isEqualTo("owner");
    assertThat(view.getOwner()).isEqualTo(owner);
    PosixFileAttributes attributes = Files.readAttributes(p("low/file"), PosixFileAttributes.class);
    assertThat(attributes.owner()).isEqualTo(owner);
    Files.setAttribute(p("low/file"), "posix:group", attributes.group());
  }

  @Test
  default void executingNeedsABit() throws IOException {
    assertThat(Files.isExecutable(p("low/file"))).isFalse();
    Files.setPosixFilePermissions(p("low/file"), PosixFilePermissions.fromString("rwxr--r--"));
    assertThat(Files.isExecutable(p("low/file"))).isTrue();
    assertThat(Files.isReadable(p("low/file"))).isTrue();
    assertThat(Files.isWritable(p("low/file"))).isTrue();
    assertThat(Files.isReadable(p("no"))).isFalse();
  }

  @Test
  default void hiddenNamesBeginWithADot() throws IOException {
    Files.createFile(p(".x"));
    assertThat(Files.isHidden(p(".x"))).isTrue();
    assertThat(Files.isHidden(p("low/file"))).isFalse();
  }
}
