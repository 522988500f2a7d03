// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.spi.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes host files of changes, with owners, devices and attributes that plain Java cannot set, and
 * removes them: GNU tar and rm do it, as the user the session's processes will be.
 *
 * @param prefix what comes before a command so that it runs as that user: nothing for root, or the
 *     entry into a user name space
 * @param devices whether device files can be made
 * @param owners whether files can belong to others than that user
 */
record Unpacker(List<String> prefix, boolean devices, boolean owners) {
  Unpacker {
    prefix = List.copyOf(prefix);
  }

  /** Tells tar whose the files are to be. */
  static String ownerOption(boolean owners) {
    return owners ? "--same-owner" : "--no-same-owner";
  }

  /** Lays changes into an empty directory in the form of a lower directory of the kernel's. */
  void unpack(Changes changes, FileTree after, Path directory) throws IOException {
    unpack(changes, after, LowerForm.KERNEL, directory);
  }

  /** Lays changes into an empty directory in the form of an overlay's lower directory. */
  void unpack(Changes changes, FileTree after, LowerForm form, Path directory) throws IOException {
    HostCommand.Result<String> result =
        HostCommand.run(
            command(
                "tar",
                "--extract",
                "--preserve-permissions",
                ownerOption(owners),
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "--delay-directory-restore",
                "--warning=no-timestamp",
                "--directory=" + directory),
            stdin -> OverlayTar.write(changes, after, form, devices, stdin));
    if (result.exitCode() != 0) {
      throw new RunException("unpacking a layer into " + directory + ": tar: " + result.lastLine());
    }
  }

  /** Gives a directory the attributes of a tree's root. */
  void attributes(Metadata metadata, LowerForm form, Path directory) throws IOException {
    if (prefix.isEmpty() && metadata.xattrs().names().isEmpty()) {
      Files.setAttribute(directory, "unix:uid", (int) metadata.uid());
      Files.setAttribute(directory, "unix:gid", (int) metadata.gid());
      Files.setAttribute(directory, "unix:mode", metadata.mode());
      Files.setLastModifiedTime(directory, FileTime.from(metadata.mtime()));
      return; // most roots are plain, and a program costs more than all of this
    }
    FileTree tree = FileTree.of(Node.directory(metadata));
    unpack(Changes.none(), tree, form, directory);
  }

  /** Removes what is in a directory. */
  void empty(Path directory) throws IOException {
    remove(directory);
    Files.createDirectory(directory);
  }

  /** Moves a directory to a place on the same file system where nothing is. */
  Path move(Path from, Path to) throws IOException {
    if (prefix.isEmpty()) {
      return Files.move(from, to);
    }
    HostCommand.Result<String> unused =
        HostCommand.run(command("mv", "--no-target-directory", from.toString(), to.toString()))
            .requireSuccess();
    return to;
  }

  /** Removes a directory with all that is in it. */
  void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      HostCommand.Result<String> unused =
          HostCommand.run(
                  command(
                      "rm",
                      "--recursive",
                      "--force",
                      "--one-file-system",
                      "--",
                      directory.toString()))
              .requireSuccess();
    }
  }

  private List<String> command(String... command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    return all;
  }
}
