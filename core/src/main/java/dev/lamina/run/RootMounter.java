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
  private final Workspace workspace;
  private final Workspace.SessionFolder folder;

  private RootMounter(
      Identity identity,
      ToolRoot toolRoot,
      List<RootKind> kinds,
      Unpacker unpacker,
      Workspace workspace,
      Workspace.SessionFolder folder) {
    this.identity = identity;
    this.toolRoot = toolRoot;
    this.kinds = List.copyOf(kinds);
    this.unpacker = unpacker;
    this.workspace = workspace;
    this.folder = folder;
  }

  /**
   * Makes a session's directories.
   *
   * @param kinds the ways to make the root's writable top, in the order in which they are tried
   */
  static RootMounter open(Identity identity, ToolRoot toolRoot, List<RootKind> kinds, Path home)
      throws IOException {
    Unpacker unpacker =
        new Unpacker(identity.prefix(), identity.isHostRoot(), !identity.isSingle());
    Workspace workspace = Workspace.open(home, identity.name(), unpacker::remove);
    for (RootKind kind : List.of(RootKind.OVERLAY, RootKind.FUSE)) {
      new LowerDirectories(workspace.lower(kind), kind, unpacker).removeUnfinished();
    }
    Workspace.SessionFolder folder = workspace.newSession();
    for (String name : List.of("ns", "work", "upper")) {
      Files.createDirectory(folder.path().resolve(name));
    }
    return new RootMounter(identity, toolRoot, kinds, unpacker, workspace, folder);
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
  ProcessMounts mountsOf(MountedRoot mounted, Path scratch, Path memory) {
    CacheMounts caches = new CacheMounts(workspace.caches(), unpacker);
    return new ProcessMounts(mounted, unpacker, lowers(mounted.kind()), caches, scratch, memory);
  }

  private LowerDirectories lowers(RootKind kind) {
    return new LowerDirectories(workspace.lower(kind), kind, unpacker);
  }

  /** Mounts the root, in the first way that works. */
  MountedRoot mount(RootFs root, MountTargets targets, Launcher launcher) throws IOException {
    RunException failure = new RunException("no way to make a writable root");
    for (RootKind kind : usable(root)) {
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

  /** Leaves out what cannot work, so that no layer is unpacked for it. */
  private List<RootKind> usable(RootFs root) throws IOException {
    if (kinds.size() == 1 || root.layers().isEmpty()) {
      return kinds;
    }
    for (int i = 0; i < kinds.size() - 1; i++) {
      if (lowers(kinds.get(i)).isUsed()) {
        return kinds.subList(i, kinds.size());
      }
    }
    return RootProbe.usable(kinds, identity, folder.path());
  }

  private MountedRoot mount(RootKind kind, RootFs root, MountTargets targets, Launcher launcher)
      throws IOException {
    List<Path> topDown = List.of();
    FileTree tree = root.tree();
    if (kind == RootKind.COPY) {
      FileTree all = tree.apply(targets.missing());
      unpacker.unpack(all.diff(FileTree.empty()), all, folder.upper());
    } else {
      topDown = lowerDirectories(kind, root, targets);
    }
    unpacker.attributes(tree.root().metadata(), kind.form(root::tree), folder.upper());
    return MountedRoot.mount(
        identity,
        toolRoot,
        kind,
        workspace.folder(),
        folder.path(),
        launcher.mountOptions(),
        tree,
        topDown,
        launcher.runtime());
  }

  private List<Path> lowerDirectories(RootKind kind, RootFs root, MountTargets targets)
      throws IOException {
    List<Path> layers = new ArrayList<>(lowers(kind).of(root.layers()));
    List<Path> topDown = new ArrayList<>();
    Changes missing = targets.missing();
    if (!missing.isEmpty() || layers.isEmpty()) {
      LowerForm form = kind.form(root::tree);
      topDown.add(unpacked(missing, targets.withMissing(), form, kind.word() + "-targets"));
    }
    if (!root.pending().isEmpty()) {
      LowerForm form = kind.form(() -> LowerDirectories.tree(root.layers()));
      topDown.add(unpacked(root.pending(), root.tree(), form, kind.word() + "-pending"));
    }
    Collections.reverse(layers);
    topDown.addAll(layers);
    return topDown;
  }

  private Path unpacked(Changes changes, FileTree after, LowerForm form, String name)
      throws IOException {
    Path directory = folder.path().resolve(name);
    unpacker.empty(directory);
    unpacker.unpack(changes, after, form, directory);
    return directory;
  }

  /**
   * Keeps the upper directory as the lower directory of the top one of these layers.
   *
   * @param kind how the root was mounted
   */
  void adopt(RootKind kind, List<Layer> layers) throws IOException {
    lowers(kind).adopt(folder.upper(), layers);
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
