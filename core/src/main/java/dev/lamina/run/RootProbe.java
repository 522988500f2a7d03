// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out which kinds of root can be mounted over a folder, by mounting one. */
final class RootProbe {
  /** Argument: a folder of the same file system. The mounts end with the script. */
  private static final String SCRIPT =
      """
      exec 2>/dev/null
      mkdir "$1" && cd "$1" && mkdir l u w m || exit 1
      if mknod l/x c 0 0 \
        && mount -t overlay overlay -o userxattr,lowerdir=l,upperdir=u,workdir=w m; then
        echo overlay
      elif rm -f l/x && fuse-overlayfs -o lowerdir=l,upperdir=u,workdir=w m && mkdir m/x; then
        echo fuse
      else
        echo copy
      fi
      """;

  private RootProbe() {}

  /**
   * Returns those of {@code kinds} that may work, the best first; all if it cannot be said.
   *
   * @param folder where the roots will be; the probe leaves something there
   */
  static List<RootKind> usable(List<RootKind> kinds, Identity identity, Path folder)
      throws IOException {
    List<String> command = new ArrayList<>(identity.inside(MountedRoot.NAME_SPACES));
    command.addAll(List.of("sh", "-c", SCRIPT, "lamina-probe", folder.resolve("probe").toString()));
    String best = HostCommand.run(command).output().strip();
    for (int i = 0; i < kinds.size(); i++) {
      if (kinds.get(i).word().equals(best)) {
        return kinds.subList(i, kinds.size());
      }
    }
    return kinds;
  }
}
