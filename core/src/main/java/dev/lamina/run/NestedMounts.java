// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.TreePath;
import dev.lamina.spi.Mount;
import dev.lamina.spi.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What guards mounts that lie in other mounts, for a program that would follow a link there out of
 * the root: what a cache or a build context holds is an image's or a process's, and nobody's word
 * says that it has none.
 */
final class NestedMounts {
  private NestedMounts() {}

  /**
   * Returns mounts with those caches locked in which others lie: so nobody puts a link there after
   * it was looked at.
   *
   * @param targets where the mounts go, without links
   */
  static List<Mount> locked(List<Mount> mounts, List<TreePath> targets) throws RunException {
    List<Mount> locked = new ArrayList<>(mounts);
    for (int i = 0; i < mounts.size(); i++) {
      TreePath outer = targets.get(i);
      boolean nested =
          targets.stream().anyMatch(target -> target.startsWith(outer) && !target.equals(outer));
      if (nested && mounts.get(i) instanceof Mount.Cache cache) {
        requireOnce(mounts, cache);
        locked.set(
            i,
            new Mount.Cache(
                cache.target(),
                cache.id(),
                Mount.Sharing.LOCKED,
                cache.mode(),
                cache.uid(),
                cache.gid(),
                cache.writable(),
                cache.seed()));
      }
    }
    return locked;
  }

  private static void requireOnce(List<Mount> mounts, Mount.Cache cache) throws RunException {
    boolean twice =
        mounts.stream()
            .anyMatch(
                mount ->
                    mount != cache
                        && mount instanceof Mount.Cache other
                        && other.id().equals(cache.id()));
    if (twice) {
      throw new RunException(
          "cache mount " + cache.id() + ": expected once if another mount lies in it, found twice");
    }
  }

  /**
   * Fails if there is a link on the way from one mount to another that lies in it.
   *
   * @param supervisor in whose mount name space the sources are
   */
  static void requireNoLinks(List<HostMount> mounts, Supervisor supervisor) throws IOException {
    for (HostMount inner : mounts) {
      TreePath target = TreePath.of(inner.target());
      for (HostMount outer : mounts) {
        TreePath place = TreePath.of(outer.target());
        boolean nested = target.startsWith(place) && !target.equals(place);
        if (nested && outer.type().equals("bind")) {
          Path source = supervisor.seenFromHost(Path.of(outer.source()));
          requireNoLinks(source, target.rebase(place, TreePath.ROOT), inner.target());
        }
      }
    }
  }

  private static void requireNoLinks(Path source, TreePath below, String target)
      throws IOException {
    Path at = source;
    for (String name : below.names()) {
      at = at.resolve(name);
      try {
        if (Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isSymbolicLink()) {
          throw new RunException(
              "mount target " + target + ": expected no link in another mount, found " + name);
        }
      } catch (NoSuchFileException e) {
        return; // what is missing will be made, and is no link
      }
    }
  }
}
