// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.dockerfile.ignore.IgnoreCursor;
import dev.lamina.fs.FileNames;
import dev.lamina.fs.HostNames;
import dev.lamina.fs.HostStat;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.annotation.Nullable;

/**
 * A host file that is in the context, or a directory in which something may be.
 *
 * @param parent what it is in, or null for the context's folder
 * @param file its path on the host
 * @param stat what is known of it
 * @param rules what the ignore rules say of it
 * @param unix whether its file system is a Unix one
 * @param directory where its files are opened, if it is a directory, or what it is in
 */
record HostEntry(
    @Nullable HostEntry parent,
    Path file,
    HostStat stat,
    IgnoreCursor rules,
    boolean unix,
    HostDirectory directory)
    implements Place<HostEntry> {

  static HostEntry root(Path folder, IgnoreCursor rules) throws IOException {
    boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    HostDirectory directory = new HostDirectory(null, folder);
    return new HostEntry(null, folder, ContextStat.of(folder, unix), rules, unix, directory);
  }

  /** Returns whether it is left out, unless something in it is not. */
  boolean isExcluded() {
    return rules.isExcluded();
  }

  @Override
  public boolean isDirectory() {
    return stat.isDirectory();
  }

  @Override
  public Optional<String> link() throws IOException {
    return stat.type() == HostStat.Type.SYMLINK
        ? Optional.of(HostNames.text(Files.readSymbolicLink(file)))
        : Optional.empty();
  }

  @Override
  public @Nullable HostEntry childOrNull(String name) throws IOException {
    Path child = isPlain(name) ? file.resolve(name) : listing().get(name);
    return child == null ? null : childOrNull(name, child);
  }

  /** A name that is not ASCII may be other text to this JVM than to us. */
  static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /** Returns the child that is called {@code name} and found at {@code child}. */
  @Nullable
  HostEntry childOrNull(String name, Path child) throws IOException {
    IgnoreCursor cursor = rules.child(name);
    if (!cursor.mayContainIncluded()) {
      return null;
    }
    try {
      HostStat found = ContextStat.of(child, unix);
      HostDirectory in = found.isDirectory() ? new HostDirectory(directory, child) : directory;
      HostEntry entry = new HostEntry(this, child, found, cursor, unix, in);
      return entry.isExcluded() && !entry.isDirectory() ? null : entry;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public Iterable<String> names() throws IOException {
    return listing().keySet();
  }

  /** Returns what is in this directory, by name, in byte order. */
  Map<String, Path> listing() throws IOException {
    Map<String, Path> children = new TreeMap<>(FileNames.byteOrder());
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(file)) {
      for (Path child : stream) {
        Path name = child.getFileName();
        children.put(HostNames.name(name == null ? child : name), child);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return children;
  }
}
