// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

/** The supervisor's script for a root that is a kernel overlay. */
final class OverlayScript {
  /**
   * Arguments: the session's directory, the OCI runtime or {@code none}, then the lower
   * directories, the highest first.
   *
   * <p>The mount's options must fit into a page, so the directories get names of a few letters in a
   * place of the session's own. When stdin ends, containers still running are ended by their
   * runtime, so that it removes their cgroups; the kernel ends whatever is left.
   */
  static final String TEXT =
      """
      set -eu
      cd "$1"
      runtime=$2
      shift 2
      mount -t tmpfs -o mode=0700,nosuid,nodev tmpfs ns
      mkdir ns/l ns/root ns/state
      cd ns/l
      ln -s ../../upper u
      ln -s ../../work w
      n=0
      lower=
      for directory; do
        ln -s "$directory" $n
        lower=$lower:$n
        n=$((n + 1))
      done
      mount -t overlay overlay -o "userxattr,lowerdir=${lower#:},upperdir=u,workdir=w" ../root
      echo ready
      while read -r line; do :; done
      cd ../state
      for container in *; do
        if [ -d "$container" ]; then
          "$runtime" --root . delete --force "$container" >/dev/null 2>&1 || :
        fi
      done
      """;

  private OverlayScript() {}
}
