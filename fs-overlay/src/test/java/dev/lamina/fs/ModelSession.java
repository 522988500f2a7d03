// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** One file system that a sequence of {@link ModelOperation}s is run on. */
final class ModelSession implements AutoCloseable {
  /** Times after this one are that of the test, which two file systems don't have in common. */
  private static final Instant LATER = Instant.parse("2020-01-01T00:00:00Z");

  final Path root;
  final Map<Integer, FileChannel> open = new HashMap<>();

  ModelSession(Path root) {
    this.root = root;
  }

  Path path(String relative) {
    return root.resolve(relative);
  }

  /** Runs one operation: what it answers, or the class of what it throws. */
  String run(ModelOperation operation) throws IOException {
    try {
      return "ok " + operation.action().run(this);
    } catch (FileSystemException e) {
      return e.getClass().getSimpleName();
    } catch (IOException e) {
      return "IOException";
    }
  }

  /** One line for each file below the root, of all that can be asked for. */
  String tree() throws IOException {
    StringBuilder text = new StringBuilder();
    list("", text, new HashMap<>());
    return text.toString();
  }

  private void list(String relative, StringBuilder text, Map<Object, String> inodes)
      throws IOException {
    Path path = path(relative);
    Map<String, Object> is = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) is.get("mode");
    text.append(String.format("%s %o %s:%s ", relative, mode, is.get("uid"), is.get("gid")));
    text.append(time((FileTime) is.get("lastModifiedTime")));
    boolean isLink = Files.isSymbolicLink(path);
    boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    int needed = isDirectory ? 0700 : 0600;
    if (!isLink && (mode & needed) != needed) {
      Files.setAttribute(path, "unix:mode", (mode & 07777) | 0700); // so that it can be read
    }
    if (isDirectory) {
      text.append(xattrs(path)).append('\n');
      Map<String, String> names = new TreeMap<>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
        for (Path child : stream) {
          String name = child.getFileName().toString();
          names.put(name, relative.isEmpty() ? name : relative + "/" + name);
        }
      }
      for (String child : names.values()) {
        list(child, text, inodes);
      }
      return;
    }
    Object key = is.get("ino");
    text.append(" x").append(is.get("nlink"));
    text.append(" = ").append(inodes.computeIfAbsent(key, k -> relative));
    if (isLink) {
      text.append(" -> ").append(target(path));
    } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      text.append(xattrs(path)).append(' ').append(is.get("size")).append(' ');
      text.append(digest(Files.readAllBytes(path)));
    }
    text.append('\n');
  }

  /** What a link says, seen from the root. */
  String target(Path link) throws IOException {
    String target = Files.readSymbolicLink(link).toString();
    String prefix = root.toString();
    return target.startsWith(prefix) ? "ROOT" + target.substring(prefix.length()) : target;
  }

  static String time(FileTime time) {
    return time.toInstant().isAfter(LATER) ? "now" : time.toString();
  }

  private static String xattrs(Path path) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    StringBuilder text = new StringBuilder();
    for (String name : view.list().stream().sorted().toList()) {
      ByteBuffer value = ByteBuffer.allocate(100);
      int size = view.read(name, value);
      text.append(' ').append(name).append('=').append(new String(value.array(), 0, size, LATIN));
    }
    return text.toString();
  }

  private static final java.nio.charset.Charset LATIN =
      java.nio.charset.StandardCharsets.ISO_8859_1;

  /** Short contents as they are, with a point for each zero; of long ones a sum. */
  static String digest(byte[] bytes) {
    return bytes.length <= 40
        ? new String(bytes, LATIN).replace('\0', '.')
        : bytes.length + " bytes #" + java.util.Arrays.hashCode(bytes);
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : open.values()) {
      channel.close();
    }
  }
}
