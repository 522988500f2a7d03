// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Symbolic and hard links. */
interface LinkContract extends ContractFixture {
  @Test
  default void aHardLinkSeesWhatIsWrittenThroughTheOther() throws IOException {
    Files.writeString(p("low/file"), "both");
    assertThat(Files.readString(p("low/hard"))).isEqualTo("both");
    assertThat(ContractFixture.links(p("low/hard"))).isEqualTo(2);
    assertThat(Files.isSameFile(p("low/file"), p("low/hard"))).isTrue();
  }

  @Test
  default void writingThroughALinkWritesItsTarget() throws IOException {
    Files.writeString(p("low/link"), "through");
    assertThat(Files.readString(p("low/file"))).isEqualTo("through");
    assertThat(Files.isSymbolicLink(p("low/link"))).isTrue();
  }

  @Test
  default void writingThroughADanglingLinkMakesItsTarget() throws IOException {
    Files.createSymbolicLink(p("dangling"), root().getFileSystem().getPath("made"));
    assertThat(Files.exists(p("dangling"))).isFalse();
    Files.writeString(p("dangling"), "x");
    assertThat(Files.readString(p("made"))).isEqualTo("x");
  }

  @Test
  default void aLoopOfLinksIsAnError() throws IOException {
    Files.createSymbolicLink(p("x"), root().getFileSystem().getPath("y"));
    Files.createSymbolicLink(p("y"), root().getFileSystem().getPath("x"));
    assertThatThrownBy(() -> Files.readString(p("x"))).isInstanceOf(FileSystemException.class);
    assertThat(Files.isSymbolicLink(p("x"))).isTrue();
  }

  @Test
  default void dotsAreResolvedWhereTheyAreMet() throws IOException {
    Files.createSymbolicLink(p("to"), root().getFileSystem().getPath("low/dir"));
    assertThat(Files.readString(p("to/../file"))).isEqualTo("lower text");
    assertThat(p("to/../link").toRealPath()).isEqualTo(p("low/file").toRealPath());
  }

  @CanIgnoreReturnValue
  private Path symlink(String path, String target) throws IOException {
    return Files.createSymbolicLink(p(path), root().getFileSystem().getPath(target));
  }

  @Test
  default void aLinkKeepsItsTargetAsItWasWritten() throws IOException {
    for (String target : List.of("a/../b", "./x", "../../../../etc", "a b", "é")) {
      symlink("l", target);
      assertThat(Files.readSymbolicLink(p("l")).toString()).isEqualTo(target);
      Files.delete(p("l"));
    }
  }

  @Test
  default void anAbsoluteLinkStartsAtTheRoot() throws IOException {
    Files.createSymbolicLink(p("l"), p("low/dir").toAbsolutePath());
    assertThat(Files.readString(p("l/nested"))).isEqualTo("nested");
    assertThat(Files.readSymbolicLink(p("l"))).isEqualTo(p("low/dir").toAbsolutePath());
  }

  @Test
  default void aLinkIsAsLongAsItsTarget() throws IOException {
    symlink("l", "1234567");
    assertThat(
            Files.readAttributes(p("l"), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .size())
        .isEqualTo(7);
  }

  @Test
  default void fortyLinksAreFollowedAndNotOneMore() throws IOException {
    Files.writeString(p("l0"), "end");
    for (int i = 1; i <= 41; i++) {
      symlink("l" + i, "l" + (i - 1));
    }
    assertThat(Files.readString(p("l40"))).isEqualTo("end");
    assertThatThrownBy(() -> Files.readString(p("l41"))).isInstanceOf(FileSystemException.class);
    assertThat(Files.exists(p("l41"))).isFalse();
  }

  @Test
  default void linksOnTheWayCountToo() throws IOException {
    symlink("d", "low");
    symlink("e", "d");
    assertThat(Files.readString(p("e/dir/nested"))).isEqualTo("nested");
    symlink("self", ".");
    assertThat(Files.exists(p("self/".repeat(40) + "low"))).isTrue();
    assertThat(Files.exists(p("self/".repeat(41) + "low"))).isFalse();
  }

  @Test
  default void aLinkToItselfIsThereButLeadsNowhere() throws IOException {
    symlink("l", "l");
    assertThat(Files.exists(p("l"))).isFalse();
    assertThat(Files.exists(p("l"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThatThrownBy(() -> Files.list(p("l"))).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> p("l").toRealPath()).isInstanceOf(FileSystemException.class);
  }

  @Test
  default void deletingALinkLeavesItsTarget() throws IOException {
    Files.delete(p("low/link"));
    assertThat(Files.readString(p("low/file"))).isEqualTo("lower text");
  }

  @Test
  default void aDanglingLinkIsDeletedAndMoved() throws IOException {
    symlink("l", "nothing");
    Files.move(p("l"), p("m"));
    assertThat(Files.readSymbolicLink(p("m")).toString()).isEqualTo("nothing");
    Files.delete(p("m"));
    assertThat(Files.exists(p("m"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  default void anEmptyTargetIsRefused() {
    assertThatThrownBy(() -> symlink("l", "")).isInstanceOf(IOException.class);
  }

  @Test
  default void aLinkThroughAFileIsNoDirectory() throws IOException {
    symlink("l", "low/file/x");
    assertThatThrownBy(() -> Files.readString(p("l")))
        .isInstanceOf(FileSystemException.class)
        .isNotInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void aRealPathHasNoLinks() throws IOException {
    symlink("a", "low");
    symlink("low/b", "../a/dir");
    assertThat(p("a/b/nested").toRealPath()).isEqualTo(p("low/dir/nested").toRealPath());
    assertThatThrownBy(() -> p("a/no").toRealPath()).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void aRealPathKeepsLinksWhenAsked() throws IOException {
    assertThat(p("low/./dir/../link").toRealPath(LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(root().toRealPath().resolve("low/link"));
  }

  @Test
  default void aHardLinkIsOneMoreName() throws IOException {
    Files.createLink(p("third"), p("low/file"));
    assertThat(ContractFixture.links(p("low/hard"))).isEqualTo(3);
    Files.delete(p("low/file"));
    Files.delete(p("low/hard"));
    assertThat(ContractFixture.links(p("third"))).isEqualTo(1);
    assertThat(Files.readString(p("third"))).isEqualTo("lower text");
  }

  @Test
  default void hardLinksHaveOneKeyAndOneNumber() throws IOException {
    Object key = Files.readAttributes(p("low/file"), BasicFileAttributes.class).fileKey();
    assertThat(Files.readAttributes(p("low/hard"), BasicFileAttributes.class).fileKey())
        .isEqualTo(key);
    assertThat(Files.readAttributes(p("low/dir/nested"), BasicFileAttributes.class).fileKey())
        .isNotEqualTo(key);
    assertThat(Files.getAttribute(p("low/hard"), "unix:ino"))
        .isEqualTo(Files.getAttribute(p("low/file"), "unix:ino"));
  }

  @Test
  default void theNumberStaysWhenAFileIsChangedAndMoved() throws IOException {
    Object number = Files.getAttribute(p("low/dir/nested"), "unix:ino");
    Files.writeString(p("low/dir/nested"), "changed");
    Files.move(p("low/dir/nested"), p("moved"));
    Files.createLink(p("linked"), p("moved"));
    assertThat(Files.getAttribute(p("linked"), "unix:ino")).isEqualTo(number);
  }

  @Test
  default void attributesBelongToTheInode() throws IOException {
    FileTime time = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(p("low/hard"), time);
    assertThat(Files.getLastModifiedTime(p("low/file"))).isEqualTo(time);
  }

  @Test
  default void aDirectoryHasNoSecondName() {
    assertThatThrownBy(() -> Files.createLink(p("x"), p("low/dir")))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.createLink(p("x"), p("no")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void aSymbolicLinkMayHaveSeveralNames() throws IOException {
    Files.createLink(p("low/link2"), p("low/link"));
    assertThat(Files.readSymbolicLink(p("low/link2")).toString()).isEqualTo("file");
    assertThat(ContractFixture.links(p("low/link"))).isEqualTo(2);
  }

  @Test
  default void replacingOneNameLeavesTheOther() throws IOException {
    Files.delete(p("low/file"));
    Files.writeString(p("low/file"), "another file");
    assertThat(Files.readString(p("low/hard"))).isEqualTo("lower text");
    assertThat(Files.isSameFile(p("low/file"), p("low/hard"))).isFalse();
  }

  @Test
  default void sameFileFollowsLinks() throws IOException {
    assertThat(Files.isSameFile(p("low/link"), p("low/file"))).isTrue();
    assertThat(Files.isSameFile(p("low/link"), p("low/hard"))).isTrue();
    assertThat(Files.isSameFile(p("low/dir"), p("low/dir/../dir"))).isTrue();
    assertThat(Files.isSameFile(p("low/dir"), p("low"))).isFalse();
    assertThat(Files.isSameFile(p("no"), p("no"))).isTrue();
    assertThatThrownBy(() -> Files.isSameFile(p("no"), p("low")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
