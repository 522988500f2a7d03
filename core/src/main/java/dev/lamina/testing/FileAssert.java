// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.insight.EntryType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Asserts what is at a path of an image. Links on the way to the path are followed, one in the last
 * place is not: {@link #target} goes there.
 *
 * <pre>{@code
 * assertThat(image).file("/app/app.jar").isFile().isOwnedBy(1000).hasMode("0644")
 *     .and().file("/bin/sh").isLinkTo("busybox").target().isExecutable();
 * }</pre>
 *
 * <p>Every method returns this; one whose claim does not hold throws an {@link AssertionError} that
 * names the steps which touched the path. Immutable.
 */
public final class FileAssert {
  private static final int SHOWN = 12;

  private final ImageAssert image;
  private final Subject subject;
  private final TreePath path;
  private final Optional<Node> node;

  FileAssert(ImageAssert image, Subject subject, TreePath path) {
    this.image = image;
    this.subject = subject;
    FileTree tree = Subject.read(() -> subject.image().tree());
    TreePath place = path;
    Optional<Node> found = Optional.empty();
    try {
      FileTree.Resolved resolved = tree.resolve(path, false);
      place = resolved.path();
      found = Optional.of(resolved.node());
    } catch (FileSystemException e) {
      // nothing is there, which may be just what is claimed
    }
    this.path = place;
    this.node = found;
  }

  /** Returns the assertions on the whole image, to go on with. */
  public ImageAssert and() {
    return image;
  }

  /** Goes on with another path of the image. */
  public FileAssert file(String other) {
    return image.file(other);
  }

  /** Claims that there is something, of whatever type. */
  @CanIgnoreReturnValue
  public FileAssert exists() {
    Node ignored = node();
    return this;
  }

  /** Claims that there is nothing. */
  @CanIgnoreReturnValue
  public FileAssert doesNotExist() {
    if (node.isPresent()) {
      throw failure("expected nothing, found " + EntryType.of(node.get()).text());
    }
    return this;
  }

  /** Claims that it is a regular file. */
  @CanIgnoreReturnValue
  public FileAssert isFile() {
    return isOf(EntryType.FILE);
  }

  /** Claims that it is a directory. */
  @CanIgnoreReturnValue
  public FileAssert isDirectory() {
    return isOf(EntryType.DIRECTORY);
  }

  /** Claims that it is a symbolic link that points there, written just so. */
  @CanIgnoreReturnValue
  public FileAssert isLinkTo(String target) {
    FileAssert link = isOf(EntryType.SYMLINK);
    String found = ((Node.Symlink) node()).target();
    return found.equals(target) ? link : fail("link to " + target, "link to " + found);
  }

  /** Claims that it is a symbolic link that leads somewhere, and goes there. */
  @CanIgnoreReturnValue
  public FileAssert target() {
    isOf(EntryType.SYMLINK);
    try {
      TreePath end = subject.image().tree().resolve(path, true).path();
      return new FileAssert(image, subject, end);
    } catch (FileSystemException e) {
      throw failure("link to " + ((Node.Symlink) node()).target() + " leads nowhere");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Claims a mode: permission bits with setuid, setgid and sticky.
   *
   * @param octal such as {@code 0644} or {@code 4755}
   */
  @CanIgnoreReturnValue
  public FileAssert hasMode(String octal) {
    int expected = Integer.parseInt(octal, 8);
    int found = node().mode();
    return expected == found
        ? this
        : fail(
            String.format(Locale.ROOT, "mode %04o", expected),
            String.format(Locale.ROOT, "%04o", found));
  }

  /** Claims that somebody may execute it. */
  @CanIgnoreReturnValue
  public FileAssert isExecutable() {
    return (node().mode() & 0111) != 0
        ? this
        : fail("an executable file", String.format(Locale.ROOT, "mode %04o", node().mode()));
  }

  /** Claims that a user owns it, whatever its group is. */
  @CanIgnoreReturnValue
  public FileAssert isOwnedBy(long uid) {
    return node().uid() == uid ? this : fail("owner " + uid, node().uid());
  }

  /** Claims that a user and a group own it. */
  @CanIgnoreReturnValue
  public FileAssert isOwnedBy(long uid, long gid) {
    String expected = uid + ":" + gid;
    String found = node().uid() + ":" + node().gid();
    return expected.equals(found) ? this : fail("owner " + expected, found);
  }

  /** Claims the size of a file in bytes. */
  @CanIgnoreReturnValue
  public FileAssert hasSize(long bytes) {
    long found = regular().size();
    return found == bytes ? this : fail(bytes + " bytes", found);
  }

  /** Claims that a file is not larger than so many bytes. */
  @CanIgnoreReturnValue
  public FileAssert isNotLargerThan(long bytes) {
    long found = regular().size();
    return found <= bytes ? this : fail("at most " + bytes + " bytes", found);
  }

  /** Claims that a file has exactly these bytes. */
  @CanIgnoreReturnValue
  public FileAssert hasBytes(byte[] bytes) {
    byte[] found = bytes();
    return Arrays.equals(found, bytes)
        ? this
        : fail("these " + bytes.length + " bytes", "other " + found.length + " bytes");
  }

  /** Claims that a file has exactly this text, in UTF-8. */
  @CanIgnoreReturnValue
  public FileAssert hasContent(String text) {
    String found = text();
    if (!found.equals(text)) {
      String diff = TextDiff.of(lines(text), lines(found));
      throw failure("content differs, - expected, + found\n" + diff.stripTrailing());
    }
    return this;
  }

  /** Claims that a text is in a file. */
  @CanIgnoreReturnValue
  public FileAssert contains(String text) {
    String found = text();
    return found.contains(text) ? this : fail("to contain \"" + text + '"', "\n" + excerpt(found));
  }

  /** Claims that a text is not in a file. */
  @CanIgnoreReturnValue
  public FileAssert doesNotContain(String text) {
    return text().contains(text) ? fail("not to contain \"" + text + '"', "it") : this;
  }

  /** Claims that a pattern is found in a file. */
  @CanIgnoreReturnValue
  public FileAssert containsPattern(String regex) {
    String found = text();
    return Pattern.compile(regex, Pattern.MULTILINE).matcher(found).find()
        ? this
        : fail("to contain a match of " + regex, "\n" + excerpt(found));
  }

  /** Claims that a directory has these entries and no others. */
  @CanIgnoreReturnValue
  public FileAssert hasEntries(String... names) {
    isOf(EntryType.DIRECTORY);
    List<String> expected = Arrays.stream(names).sorted().toList();
    List<String> found = entries((Node.Directory) node()).stream().sorted().toList();
    return expected.equals(found) ? this : fail("entries " + expected, found);
  }

  /** Gives a file's bytes to assertions of your own. */
  @CanIgnoreReturnValue
  public FileAssert satisfies(Consumer<byte[]> claims) {
    claims.accept(bytes());
    return this;
  }

  @CanIgnoreReturnValue
  private FileAssert isOf(EntryType type) {
    EntryType found = EntryType.of(node());
    return found == type ? this : fail("a " + type.text(), "a " + found.text());
  }

  private Node node() {
    return node.orElseThrow(() -> failure("expected it to exist, " + around()));
  }

  private Node.File regular() {
    isOf(EntryType.FILE);
    return (Node.File) node();
  }

  private byte[] bytes() {
    Node.File file = regular();
    return Subject.read(() -> file.content().toByteArray());
  }

  private String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\n", -1));
  }

  private static String excerpt(String text) {
    List<String> lines = lines(text);
    String shown = String.join("\n", lines.subList(0, Math.min(lines.size(), SHOWN)));
    return lines.size() > SHOWN ? shown + "\n…" : shown;
  }

  /** What is there instead: the nearest directory that exists, and what it has. */
  private String around() {
    FileTree tree = Subject.read(() -> subject.image().tree());
    TreePath place = path;
    Optional<Node> found = Optional.empty();
    while (found.isEmpty()) {
      place = place.parent();
      found = tree.node(place);
    }
    if (!(found.get() instanceof Node.Directory directory)) {
      return place + " is a " + EntryType.of(found.get()).text();
    }
    List<String> names = entries(directory);
    String shown = String.join(", ", names.subList(0, Math.min(names.size(), SHOWN)));
    return place
        + (names.isEmpty() ? " is empty" : " has " + shown + (names.size() > SHOWN ? ", …" : ""));
  }

  private static List<String> entries(Node.Directory directory) {
    return StreamSupport.stream(directory.names().spliterator(), false).toList();
  }

  private FileAssert fail(String expected, Object found) {
    throw failure("expected " + expected + ", found " + found);
  }

  private AssertionError failure(String message) {
    return subject.failure(path + ": " + message + subject.touchedBy(path));
  }
}
