// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.StepException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Looks names up in an image's {@code /etc/passwd} and {@code /etc/group}. */
final class Accounts {
  private static final TreePath PASSWD = TreePath.of("/etc/passwd");
  private static final TreePath GROUP = TreePath.of("/etc/group");
  private static final long MAX_SIZE = 10 << 20;
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,10}");

  private Accounts() {}

  /** Returns the user's number and primary group, if there is a user of that name. */
  static Optional<Owner> user(FileTree files, String name) throws IOException {
    return find(files, PASSWD, name).map(fields -> new Owner(number(fields, 2), number(fields, 3)));
  }

  /** Returns the group's number, if there is a group of that name. */
  static OptionalLong group(FileTree files, String name) throws IOException {
    Optional<String[]> fields = find(files, GROUP, name);
    return fields.isPresent() ? OptionalLong.of(number(fields.get(), 2)) : OptionalLong.empty();
  }

  /** Returns the fields of the first line for that name; links are followed inside the image. */
  private static Optional<String[]> find(FileTree files, TreePath path, String name)
      throws IOException {
    Node node;
    try {
      node = files.resolve(path, true).node();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
    if (!(node instanceof Node.File file)) {
      throw new StepException(path + ": expected a regular file, found " + node);
    }
    if (file.size() > MAX_SIZE) {
      throw new StepException(
          path + ": expected at most " + MAX_SIZE + " bytes, found " + file.size());
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(file.content().newInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.strip().split(":", -1);
        if (fields[0].equals(name)) {
          return Optional.of(fields);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns a number of a line; what is none, is below 0 or is over 31 bits counts as 0. */
  private static long number(String[] fields, int index) {
    boolean there = index < fields.length && NUMBER.matcher(fields[index]).matches();
    long value = there ? Long.parseLong(fields[index]) : 0;
    return value == (int) value && value > 0 ? value : 0;
  }
}
