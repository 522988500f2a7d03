// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Making, listing and walking directories. */
@SuppressWarnings("StreamResourceLeak") // names() closes them
interface DirectoryContract extends ContractFixture {
  @Test
  default void aFullDirectoryIsNotDeleted() {
    assertThatThrownBy(() -> Files.delete(p("low"))).isInstanceOf(DirectoryNotEmptyException.class);
  }

  @Test
  default void aDirectoryMadeAgainIsEmpty() throws IOException {
    Files.delete(p("low/dir/nested"));
    Files.delete(p("low/dir"));
    Files.createDirectory(p("low/dir"));
    try (Stream<Path> list = Files.list(p("low/dir"))) {
      assertThat(list).isEmpty();
    }
  }

  @Test
  default void aDirectoryListsItsNames() throws IOException {
    Files.createFile(p("low/new"));
    Files.delete(p("low/hard"));
    try (DirectoryStream<Path> list = Files.newDirectoryStream(p("low"))) {
      assertThat(list)
          .extracting(Path::getFileName)
          .extracting(Path::toString)
          .containsExactlyInAnyOrder("dir", "file", "link", "new");
    }
    try (DirectoryStream<Path> list = Files.newDirectoryStream(p("low"), "{f,l}*")) {
      assertThat(list).hasSize(2);
    }
  }

  @Test
  default void aTreeIsWalkedAndDeleted() throws IOException {
    Files.walkFileTree(
        p("low"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(Files.exists(p("low"))).isFalse();
  }

  private List<String> names(Stream<Path> paths) {
    try (paths) {
      return paths.map(path -> root().relativize(path).toString()).sorted().toList();
    }
  }

  @Test
  default void directoriesAreMadeWithTheirParents() throws IOException {
    Files.createDirectories(p("x/y/z"));
    assertThat(Files.isDirectory(p("x/y/z"))).isTrue();
    Files.createDirectories(p("x/y/z"));
    assertThatThrownBy(() -> Files.createDirectories(p("low/file")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.createDirectories(p("low/file/x")))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  default void directoriesAreMadeThroughALink() throws IOException {
    Files.createSymbolicLink(p("to"), root().getFileSystem().getPath("low/dir"));
    Files.createDirectories(p("to/x/y"));
    assertThat(Files.isDirectory(p("low/dir/x/y"))).isTrue();
    assertThat(Files.createDirectories(p("to"))).isEqualTo(p("to"));
  }

  @Test
  default void aDirectoryGetsTheModeAsked() throws IOException {
    Files.createDirectory(
        p("d"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x---")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p("d"))))
        .isEqualTo("rwx--x---");
  }

  @Test
  default void makingWhereNothingIsFails() {
    assertThatThrownBy(() -> Files.createDirectory(p("no/d")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createDirectory(p("low/file/d")))
        .isInstanceOf(FileSystemException.class)
        .isNotInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void makingOverALinkFails() throws IOException {
    Files.createSymbolicLink(p("dangling"), root().getFileSystem().getPath("made"));
    assertThatThrownBy(() -> Files.createDirectory(p("dangling")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  default void listingGivesPathsBelowTheOneAsked() throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(p("low/./dir"))) {
      assertThat(stream).containsExactly(p("low/./dir/nested"));
    }
  }

  @Test
  default void listingThroughALinkKeepsItsName() throws IOException {
    Files.createSymbolicLink(p("to"), root().getFileSystem().getPath("low/dir"));
    assertThat(names(Files.list(p("to")))).containsExactly("to/nested");
  }

  @Test
  default void anEmptyDirectoryListsNothing() throws IOException {
    Files.createDirectory(p("d"));
    assertThat(names(Files.list(p("d")))).isEmpty();
  }

  @Test
  default void whatIsNoDirectoryIsNotListed() {
    assertThatThrownBy(() -> Files.list(p("low/file"))).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> Files.list(p("no"))).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  default void globsChooseNames() throws IOException {
    for (String name : List.of("a.txt", "b.txt", "c.java", ".hidden", "{")) {
      Files.createFile(p("low/dir").resolve(name));
    }
    assertThat(glob("*.txt")).containsExactly("a.txt", "b.txt");
    assertThat(glob("[ab].*")).containsExactly("a.txt", "b.txt");
    assertThat(glob("[!ab]*.java")).containsExactly("c.java");
    assertThat(glob("*.{txt,java}")).containsExactly("a.txt", "b.txt", "c.java");
    assertThat(glob(".*")).containsExactly(".hidden");
    assertThat(glob("?")).containsExactly("{");
    assertThat(glob("\\{")).containsExactly("{");
  }

  private List<String> glob(String glob) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(p("low/dir"), glob)) {
      stream.forEach(path -> names.add(path.getFileName().toString()));
    }
    names.sort(null);
    return names;
  }

  @Test
  default void aFilterChoosesPaths() throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(p("low"), Files::isDirectory)) {
      assertThat(stream).containsExactly(p("low/dir"));
    }
  }

  @Test
  default void aFilterThatFailsEndsTheIteration() throws IOException {
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(
            p("low"),
            path -> {
              throw new IOException("no");
            })) {
      Iterator<Path> iterator = stream.iterator();
      assertThatThrownBy(iterator::hasNext)
          .isInstanceOf(DirectoryIteratorException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  default void aStreamIsIteratedOnce() throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(p("low"))) {
      Iterator<Path> iterator = stream.iterator();
      assertThat(iterator.hasNext()).isTrue();
      assertThatThrownBy(stream::iterator).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  default void aClosedStreamIsNotIterated() throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(p("low"));
    stream.close();
    stream.close();
    assertThatThrownBy(stream::iterator).isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void anIteratorEndsWithNoSuchElement() throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(p("low/dir"))) {
      Iterator<Path> iterator = stream.iterator();
      assertThat(iterator.next()).isEqualTo(p("low/dir/nested"));
      assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  default void whatIsListedCanBeDeletedMeanwhile() throws IOException {
    for (int i = 0; i < 500; i++) {
      Files.createFile(p("low/dir").resolve("f" + i));
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(p("low/dir"))) {
      for (Path path : stream) {
        Files.delete(path);
      }
    }
    Files.delete(p("low/dir"));
    assertThat(Files.exists(p("low/dir"))).isFalse();
  }

  @Test
  default void aLargeDirectoryListsEveryNameOnce() throws IOException {
    Set<String> expected = new TreeSet<>();
    Files.createDirectory(p("many"));
    for (int i = 0; i < 2_000; i++) {
      Files.createFile(p("many").resolve("n" + i));
      expected.add("many/n" + i);
    }
    for (int i = 0; i < 2_000; i += 3) {
      Files.delete(p("many").resolve("n" + i));
      expected.remove("many/n" + i);
    }
    assertThat(names(Files.list(p("many")))).containsExactlyElementsOf(expected);
  }

  @Test
  default void walkingGivesEverythingBelow() throws IOException {
    assertThat(names(Files.walk(p("low"))))
        .containsExactly("low", "low/dir", "low/dir/nested", "low/file", "low/hard", "low/link");
    assertThat(names(Files.walk(p("low"), 0))).containsExactly("low");
    assertThat(names(Files.walk(p("low"), 1))).hasSize(5);
  }

  @Test
  default void walkingFollowsLinksWhenAsked() throws IOException {
    Files.createSymbolicLink(p("low/to"), root().getFileSystem().getPath("dir"));
    assertThat(names(Files.walk(p("low")))).doesNotContain("low/to/nested");
    assertThat(names(Files.walk(p("low"), FileVisitOption.FOLLOW_LINKS))).contains("low/to/nested");
  }

  @Test
  default void walkingInACircleIsALoop() throws IOException {
    Files.createSymbolicLink(p("low/dir/up"), root().getFileSystem().getPath(".."));
    List<Path> loops = new ArrayList<>();
    Files.walkFileTree(
        p("low"),
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        10,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (!(e instanceof FileSystemLoopException)) {
              throw e;
            }
            loops.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(loops).containsExactly(p("low/dir/up"));
  }

  @Test
  default void findingLooksAtAttributes() throws IOException {
    assertThat(names(Files.find(p("low"), 9, (path, attributes) -> attributes.isSymbolicLink())))
        .containsExactly("low/link");
  }

  @Test
  default void aVisitorSkipsSubtreesAndSiblings() throws IOException {
    List<String> seen = new ArrayList<>();
    Files.walkFileTree(
        p("low"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            seen.add(directory.getFileName().toString());
            return directory.endsWith("dir")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(seen).containsExactly("low", "dir");
  }

  @Test
  default void aDeepTreeIsMadeAndDeleted() throws IOException {
    Path deepest = p("deep");
    Files.createDirectory(deepest);
    for (int i = 0; i < 100; i++) {
      deepest = Files.createDirectory(deepest.resolve("d" + i));
    }
    Files.writeString(deepest.resolve("f"), "deep");
    try (Stream<Path> walk = Files.walk(p("deep"))) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    assertThat(Files.exists(p("deep"))).isFalse();
  }
}
