// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.spi.Mount;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mounts of one command of a script: put into the tree it starts with, and left out of what it
 * changed. Not safe for use by several threads.
 */
final class ScriptMounts {
  private final Map<String, FileTree> caches;
  private final Map<TreePath, Optional<String>> targets = new LinkedHashMap<>();

  /** Makes mounts; the caches, by key, are shared. */
  ScriptMounts(Map<String, FileTree> caches) {
    this.caches = caches;
  }

  /** Returns a tree with mounts in it. An agent's socket is not among its files. */
  FileTree graft(List<Mount> mounts, FileTree tree) throws IOException {
    FileTree mounted = tree;
    for (Mount mount : mounts) {
      Optional<Node> node = mount.accept(new Nodes());
      if (node.isPresent()) {
        TreePath target = mounted.follow(mount.target());
        mounted = mounted.graft(target, node.get());
        targets.put(
            target,
            mount instanceof Mount.Cache cache && cache.writable()
                ? Optional.of(cache.key())
                : Optional.empty());
      }
    }
    return mounted;
  }

  /** Keeps what is in the caches now. */
  void keep(FileTree after) throws IOException {
    for (Map.Entry<TreePath, Optional<String>> target : targets.entrySet()) {
      if (target.getValue().isPresent()
          && after.node(target.getKey()).orElse(null) instanceof Node.Directory) {
        caches.put(target.getValue().get(), after.subtree(target.getKey()));
      }
    }
  }

  /** Returns changes without those in the mounts. */
  Changes without(Changes changes) {
    List<Change> kept =
        changes.stream()
            .filter(change -> targets.keySet().stream().noneMatch(change.path()::startsWith))
            .toList();
    return kept.size() == changes.size() ? changes : Changes.of(kept);
  }

  /** What is found at a mount's target. */
  private final class Nodes implements Mount.Visitor<Optional<Node>> {
    @Override
    public Optional<Node> bind(Mount.Bind bind) throws IOException {
      return Optional.of(node(bind.from(), bind.source()));
    }

    private Node node(RootFs from, String source) throws IOException {
      return from.tree()
          .node(from.tree().follow(source))
          .orElseThrow(() -> new RunException("bind mount: " + source + ": not found"));
    }

    @Override
    public Optional<Node> cache(Mount.Cache cache) throws IOException {
      FileTree known = caches.get(cache.key());
      if (known != null) {
        return Optional.of(known.root());
      }
      return Optional.of(
          cache.seed().isPresent()
              ? node(cache.seed().get().from(), cache.seed().get().source())
              : Node.directory(metadata(cache.mode(), cache.uid(), cache.gid())));
    }

    @Override
    public Optional<Node> tmpfs(Mount.Tmpfs tmpfs) {
      return Optional.of(Node.directory(metadata(01777, 0, 0)));
    }

    @Override
    public Optional<Node> secret(Mount.Secret secret) {
      return Optional.of(
          Node.file(metadata(secret.mode(), secret.uid(), secret.gid()), secret.value()));
    }

    @Override
    public Optional<Node> ssh(Mount.Ssh ssh) {
      return Optional.empty();
    }

    private Metadata metadata(int mode, long uid, long gid) {
      return new Metadata(mode, uid, gid, Instant.EPOCH, Xattrs.empty());
    }
  }
}
