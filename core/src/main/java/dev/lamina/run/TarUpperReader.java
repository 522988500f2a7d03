// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.RunException;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarReader;
import dev.lamina.tar.TarType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an upper directory through a tar that runs in a user name space: so files are read that
 * their owners keep to themselves, and ids and capabilities are those the processes see. Contents
 * are slices of the tar, which is kept.
 *
 * <p>It is also safe while processes change the directory: GNU tar opens everything from the
 * directory it is in, and no link.
 */
final class TarUpperReader implements UpperReader {
  private static final int FILES_CHANGED = 1;

  private final Identity identity;
  private final Path spool;
  private int reads; // guarded by this

  TarUpperReader(Identity identity, Path spool) {
    this.identity = identity;
    this.spool = spool;
  }

  @Override
  public synchronized Changes read(Path upper, FileTree base) throws IOException {
    // Contents of the last reading may still be in use.
    Path file = spool.resolveSibling(spool.getFileName() + "." + ++reads);
    HostCommand.Result<Long> result =
        HostCommand.run(
            identity.inside(
                List.of(
                    "tar",
                    "--create",
                    "--file=-",
                    "--format=posix",
                    "--sort=name",
                    "--numeric-owner",
                    "--xattrs",
                    "--xattrs-include=*",
                    "--warning=no-file-ignored",
                    "--warning=no-file-changed",
                    "--warning=no-file-removed",
                    "--directory=" + upper,
                    ".")),
            stdin -> {},
            stdout -> Files.copy(stdout, file, StandardCopyOption.REPLACE_EXISTING));
    if (result.exitCode() > FILES_CHANGED) {
      throw new RunException("reading " + upper + ": tar: " + result.lastLine());
    }
    return new Reading(base).changes(Content.ofFile(file));
  }

  /** One tar. */
  private static final class Reading {
    private final FileTree base;
    private final List<Change> removals = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Set<TreePath> put = new HashSet<>();

    Reading(FileTree base) {
      this.base = base;
    }

    Changes changes(Content tar) throws IOException {
      TarReader reader = TarReader.over(tar, TarOptions.DEFAULT);
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        TarEntry entry = next.get();
        TreePath path = TreePath.of(entry.name());
        if (entry.type() == TarType.CHARACTER_DEVICE
            && entry.deviceMajor() == 0
            && entry.deviceMinor() == 0) {
          remove(path);
        } else {
          add(path, entry, tar, reader);
        }
      }
      List<Change> all = new ArrayList<>(removals);
      all.addAll(changes);
      return Changes.of(all);
    }

    private void remove(TreePath path) {
      if (base.node(path).isPresent()) {
        removals.add(new Change.Remove(path));
      }
    }

    private void add(TreePath path, TarEntry entry, Content tar, TarReader reader) {
      if (entry.type() == TarType.HARD_LINK) {
        TreePath target = TreePath.of(entry.linkName());
        if (put.contains(target)) {
          changes.add(new Change.Link(path, target));
        }
        return;
      }
      Metadata metadata = entry.metadata();
      boolean opaque = OverlayMarks.isOpaque(metadata.xattrs());
      metadata = metadata.withXattrs(OverlayMarks.own(metadata.xattrs()));
      if (path.isRoot() && metadata.equals(base.root().metadata())) {
        return;
      }
      Content content =
          entry.type() == TarType.REGULAR
              ? tar.slice(reader.dataOffset(), entry.size())
              : Content.empty();
      Optional<Node> node = TarNodes.node(entry, metadata, content);
      if (node.isPresent()) {
        put.add(path);
        changes.add(new Change.Put(path, node.get()));
        if (opaque && base.node(path).isPresent()) {
          changes.add(new Change.Clear(path));
        }
      }
    }
  }
}
