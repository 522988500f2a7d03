// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes a session's directories and mounts its root. Not safe for use by several threads. */
final class RootMounter implements Closeable {
  private final Identity identity;
  private final ToolRoot toolRoot;
  private final List<RootKind> kinds;
  private final Unpacker unpacker;
  private final LowerDirectories lowers;
  private final CacheMounts caches;
  private final List<Path> layerDirectories;
  private final Workspace.SessionFolder folder;

  private RootMounter(
      Identity identity,
      ToolRoot toolRoot,
      List<RootKind> kinds,
      Unpacker unpacker,
      Workspace workspace,
      List<Path> layerDirectories,
      Workspace.SessionFolder folder) {
    this.identity = identity;
    this.toolRoot = toolRoot;
    this.kinds = List.copyOf(kinds);
    this.unpacker = unpacker;
    this.lowers = new LowerDirectories(workspace.lower(), unpacker);
    this.caches = new CacheMounts(workspace.caches(), unpacker);
    this.layerDirectories = layerDirectories;
    this.folder = folder;
  }

  /**
   * Makes a session's directories.
   *
   * @param kinds the ways to make the root's writable top, in the order in which they are tried
   */
  static RootMounter open(
      RootFs root, Identity identity, ToolRoot toolRoot, List<RootKind> kinds, Path home)
      throws IOException {
    Unpacker unpacker =
        new Unpacker(identity.prefix(), identity.isHostRoot(), !identity.isSingle());
    Workspace workspace = Workspace.open(home, identity.name(), unpacker::remove);
    LowerDirectories lowers = new LowerDirectories(workspace.lower(), unpacker);
    lowers.removeUnfinished();
    List<Path> layerDirectories =
        kinds.get(0) == RootKind.COPY ? List.of() : lowers.of(root.layers());
    Workspace.SessionFolder folder = workspace.newSession();
    for (String name : List.of("ns", "work", "upper")) {
      Files.createDirectory(folder.path().resolve(name));
    }
    return new RootMounter(
        identity, toolRoot, kinds, unpacker, workspace, layerDirectories, folder);
  }

  /** Returns as whom the session's processes run. */
  Identity identity() {
    return identity;
  }

  /** Returns the session's directory. */
  Path directory() {
    return folder.path();
  }

  /** Returns an empty set of mounts for one process. */
  ProcessMounts mountsOf(Supervisor supervisor, Path scratch, Path memory) {
    return new ProcessMounts(supervisor, identity, unpacker, lowers, caches, scratch, memory);
  }

  /** Mounts the root, in the first way that works. */
  MountedRoot mount(RootFs root, MountTargets targets, Launcher launcher) throws IOException {
    RunException failure = new RunException("no way to make a writable root");
    for (RootKind kind : kinds) {
      try {
        return mount(kind, root, targets, launcher);
      } catch (RunException e) {
        e.addSuppressed(failure);
        failure = e;
        unpacker.empty(folder.path().resolve("upper"));
      }
    }
    throw failure;
  }

  private MountedRoot mount(RootKind kind, RootFs root, MountTargets targets, Launcher launcher)
      throws IOException {
    List<Path> topDown = List.of();
    FileTree tree = root.tree();
    if (kind == RootKind.COPY) {
      FileTree all = tree.apply(targets.missing());
      unpacker.unpack(all.diff(FileTree.empty()), all, folder.upper());
    } else {
      topDown = lowerDirectories(root, targets);
    }
    unpacker.attributes(tree.root().metadata(), folder.upper());
    return MountedRoot.mount(
        identity,
        toolRoot,
        kind,
        folder.path(),
        launcher.mountOptions(),
        tree,
        topDown,
        launcher.runtime());
  }

  private List<Path> lowerDirectories(RootFs root, MountTargets targets) throws IOException {
    List<Path> topDown = new ArrayList<>();
    Changes missing = targets.missing();
    if (!missing.isEmpty() || layerDirectories.isEmpty()) {
      topDown.add(unpacked(missing, targets.withMissing(), "targets"));
    }
    if (!root.pending().isEmpty()) {
      topDown.add(unpacked(root.pending(), root.tree(), "pending"));
    }
    List<Path> layers = new ArrayList<>(layerDirectories);
    Collections.reverse(layers);
    topDown.addAll(layers);
    return topDown;
  }

  private Path unpacked(Changes changes, FileTree after, String name) throws IOException {
    Path directory = folder.path().resolve(name);
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory);
      unpacker.unpack(changes, after, directory);
    }
    return directory;
  }

  /** Keeps the upper directory as the lower directory of the top one of these layers. */
  void adopt(List<Layer> layers) throws IOException {
    lowers.adopt(folder.upper(), layers);
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
