// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Seeded operations on few names, so that they meet. What comes next depends on the seed alone, not
 * on what came of the operations before: two file systems get the same.
 */
final class ModelGenerator {
  private final Random random;

  ModelGenerator(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** What is there before: made with old times. */
  List<ModelOperation> base() {
    List<ModelOperation> operations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      operations.add(
          switch (i < 5 ? 0 : random.nextInt(8)) {
            case 0, 1 -> makeDirectory();
            case 2, 3, 4 -> write();
            case 5 -> symlink(false);
            case 6 -> link();
            default -> xattr();
          });
    }
    for (int i = 0; i < 6; i++) {
      operations.add(time());
    }
    return operations;
  }

  /** One of all operations. */
  ModelOperation next() {
    return switch (random.nextInt(29)) {
      case 0, 1 -> write();
      case 2 -> append();
      case 3 -> truncate();
      case 4, 5 -> makeDirectory();
      case 6, 7 -> delete();
      case 8, 9, 10 -> rename();
      case 11, 12, 13 -> move();
      case 14, 15, 16 -> link();
      case 17 -> symlink(random.nextInt(4) == 0);
      case 18 -> chmod();
      case 19 -> chown();
      case 20 -> xattr();
      case 21 -> removeXattr();
      case 22 -> time();
      case 23 -> copy();
      case 24 -> openWriter();
      case 25 -> writeOpen();
      case 26 -> closeOpen();
      case 27 -> overwrite();
      default -> look();
    };
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    int depth = 1 + random.nextInt(1 + random.nextInt(3));
    for (int i = 0; i < depth; i++) {
      path.append(i == 0 ? "" : "/").append((char) ('a' + random.nextInt(3)));
    }
    if (random.nextInt(30) == 0) {
      path.append(random.nextBoolean() ? "/.." : "/.");
    }
    return path.toString();
  }

  private byte[] bytes() {
    int size = random.nextInt(12) == 0 ? 15_000 + random.nextInt(40_000) : random.nextInt(6);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(26));
    }
    return bytes;
  }

  private ModelOperation write() {
    String path = path();
    byte[] bytes = bytes();
    boolean fresh = random.nextInt(4) == 0;
    OpenOption[] options =
        fresh
            ? new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE}
            : new OpenOption[0];
    return new ModelOperation(
        (fresh ? "create " : "write ") + path + " " + ModelSession.digest(bytes),
        s -> {
          Files.write(s.path(path), bytes, options);
          return "";
        });
  }

  private ModelOperation append() {
    String path = path();
    byte[] bytes = bytes();
    return new ModelOperation(
        "append " + path + " " + ModelSession.digest(bytes),
        s -> {
          Files.write(s.path(path), bytes, StandardOpenOption.APPEND);
          return "";
        });
  }

  private ModelOperation overwrite() {
    String path = path();
    long position = random.nextInt(4) == 0 ? random.nextInt(60_000) : random.nextInt(8);
    byte[] bytes = bytes();
    return new ModelOperation(
        "write at " + position + " of " + path + " " + ModelSession.digest(bytes),
        s -> {
          try (FileChannel channel = FileChannel.open(s.path(path), StandardOpenOption.WRITE)) {
            return channel.write(ByteBuffer.wrap(bytes), position);
          }
        });
  }

  private ModelOperation truncate() {
    String path = path();
    long size = random.nextInt(4) == 0 ? random.nextInt(40_000) : random.nextInt(4);
    return new ModelOperation(
        "truncate " + path + " to " + size,
        s -> {
          try (FileChannel channel = FileChannel.open(s.path(path), StandardOpenOption.WRITE)) {
            return channel.truncate(size).size();
          }
        });
  }

  private ModelOperation makeDirectory() {
    String path = path();
    return new ModelOperation(
        "mkdir " + path,
        s -> {
          Files.createDirectory(s.path(path));
          return "";
        });
  }

  /** Takes away what is there, a directory if it is empty: unlink and rmdir. */
  private ModelOperation delete() {
    String path = path();
    return new ModelOperation(
        "delete " + path,
        s -> {
          Files.delete(s.path(path));
          return "";
        });
  }

  private ModelOperation rename() {
    String from = path();
    String to = path();
    return new ModelOperation(
        "rename " + from + " to " + to,
        s -> {
          Files.move(s.path(from), s.path(to), StandardCopyOption.ATOMIC_MOVE);
          return "";
        });
  }

  private ModelOperation move() {
    String from = path();
    String to = path();
    CopyOption[] options =
        random.nextBoolean()
            ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING}
            : new CopyOption[0];
    return new ModelOperation(
        "move " + from + " to " + to + (options.length > 0 ? " replacing" : ""),
        s -> {
          Files.move(s.path(from), s.path(to), options);
          return "";
        });
  }

  private ModelOperation copy() {
    String from = path();
    String to = path();
    List<CopyOption> options = new ArrayList<>();
    for (CopyOption option :
        List.of(
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS)) {
      boolean lost = // the host would lose the link's time
          option == LinkOption.NOFOLLOW_LINKS
              && options.contains(StandardCopyOption.COPY_ATTRIBUTES);
      if (random.nextBoolean() && !lost) {
        options.add(option);
      }
    }
    if (from.equals(to)) { // if that is a link, the host deletes it before it follows it
      options.remove(StandardCopyOption.COPY_ATTRIBUTES);
    }
    return new ModelOperation(
        "copy " + from + " to " + to + " " + options,
        s -> {
          Files.copy(s.path(from), s.path(to), options.toArray(new CopyOption[0]));
          return "";
        });
  }

  private ModelOperation link() {
    String from = path();
    String to = path();
    return new ModelOperation(
        "link " + to + " to " + from,
        s -> {
          Files.createLink(s.path(to), s.path(from));
          return "";
        });
  }

  private ModelOperation symlink(boolean absolute) {
    String path = path();
    String target = random.nextInt(4) == 0 ? "../" + path() : path();
    return new ModelOperation(
        "symlink " + path + " -> " + (absolute ? "ROOT/" : "") + target,
        s -> {
          Path to = absolute ? s.path(target) : s.root.getFileSystem().getPath(target);
          Files.createSymbolicLink(s.path(path), to);
          return "";
        });
  }

  private ModelOperation chmod() {
    String path = path();
    int mode = random.nextInt(3) == 0 ? random.nextInt(010000) : 0700 | random.nextInt(0100);
    return new ModelOperation(
        String.format("chmod %o %s", mode, path),
        s -> {
          Files.setAttribute(s.path(path), "unix:mode", mode);
          return "";
        });
  }

  private ModelOperation chown() {
    String path = path();
    boolean user = random.nextBoolean();
    int id = random.nextInt(3) * 500;
    LinkOption[] options =
        random.nextBoolean() ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
    return new ModelOperation(
        (user ? "chown " : "chgrp ") + id + " " + path + (options.length > 0 ? " itself" : ""),
        s -> {
          Files.setAttribute(s.path(path), user ? "unix:uid" : "unix:gid", id, options);
          return "";
        });
  }

  private ModelOperation xattr() {
    String path = path();
    String name = "n" + random.nextInt(2);
    byte[] value = ("v" + random.nextInt(10)).getBytes(UTF_8);
    return new ModelOperation(
        "setfattr " + name + " " + path,
        s -> {
          return view(s, path).write(name, ByteBuffer.wrap(value));
        });
  }

  private ModelOperation removeXattr() {
    String path = path();
    String name = "n" + random.nextInt(2);
    return new ModelOperation(
        "setfattr -x " + name + " " + path,
        s -> {
          view(s, path).delete(name);
          return "";
        });
  }

  private static UserDefinedFileAttributeView view(ModelSession s, String path) {
    return Files.getFileAttributeView(s.path(path), UserDefinedFileAttributeView.class);
  }

  private ModelOperation time() {
    String path = path();
    FileTime time =
        FileTime.from(
            Instant.ofEpochSecond(random.nextInt(1_000_000_000), random.nextInt(2) * 1000L));
    return new ModelOperation(
        "utimes " + path + " " + time,
        s -> {
          Files.setLastModifiedTime(s.path(path), time);
          return "";
        });
  }

  private ModelOperation openWriter() {
    String path = path();
    int number = random.nextInt(2);
    boolean create = random.nextBoolean();
    Set<OpenOption> options =
        create
            ? Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)
            : Set.of(StandardOpenOption.APPEND);
    return new ModelOperation(
        "open " + number + " " + path + (create ? " for writing" : " for appending"),
        s -> {
          close(s, number);
          s.open.put(number, FileChannel.open(s.path(path), options));
          return "";
        });
  }

  private ModelOperation writeOpen() {
    int number = random.nextInt(2);
    byte[] bytes = bytes();
    return new ModelOperation(
        "write to open " + number + " " + ModelSession.digest(bytes),
        s -> {
          FileChannel channel = s.open.get(number);
          return channel == null
              ? "none"
              : channel.write(ByteBuffer.wrap(bytes))
                  + " of "
                  + channel.size()
                  + " at "
                  + channel.position();
        });
  }

  private ModelOperation closeOpen() {
    int number = random.nextInt(2);
    return new ModelOperation(
        "close " + number,
        s -> {
          close(s, number);
          return "";
        });
  }

  private static void close(ModelSession s, int number) throws IOException {
    FileChannel channel = s.open.remove(number);
    if (channel != null) {
      channel.close();
    }
  }

  private ModelOperation look() {
    String path = path();
    String other = path();
    return switch (random.nextInt(6)) {
      case 0 ->
          new ModelOperation(
              "read " + path, s -> ModelSession.digest(Files.readAllBytes(s.path(path))));
      case 1 -> new ModelOperation("readlink " + path, s -> s.target(s.path(path)));
      case 2 ->
          new ModelOperation(
              "same " + path + " " + other, s -> Files.isSameFile(s.path(path), s.path(other)));
      case 3 ->
          new ModelOperation(
              "real " + path, s -> s.root.toRealPath().relativize(s.path(path).toRealPath()));
      case 4 ->
          new ModelOperation(
              "mtime " + path, s -> ModelSession.time(Files.getLastModifiedTime(s.path(path))));
      default ->
          new ModelOperation(
              "list " + path,
              s -> {
                try (var list = Files.list(s.path(path))) {
                  return list.map(p -> p.getFileName().toString()).sorted().toList();
                }
              });
    };
  }
}
