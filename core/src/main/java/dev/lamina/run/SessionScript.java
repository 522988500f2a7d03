// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

/** The supervisor's script: makes a session's root and waits. */
final class SessionScript {
  /**
   * Arguments: the session's directory, the OCI runtime or {@code none}, the {@link RootKind}, more
   * options for its mount, then the lower directories, the highest first, with colons between:
   * their names in {@code links}, or for {@link RootKind#FUSE} in the workspace.
   *
   * <p>Crun refuses to run where both versions of control groups are mounted, so it gets to see one
   * alone: the first if that has the devices, whose guard in the second is an eBPF program, which
   * crun loads only where it may raise RLIMIT_MEMLOCK. The mount's options must fit into a page, so
   * the directories have names of a few letters in {@code links}: {@code u} and {@code w} for upper
   * and work.
   *
   * <p>Fuse-overlayfs is one of the processes of this name space, and ends with it. It opens what
   * the layers hold, so it sees them where no device can be opened. What is written goes on to it
   * at once, or a reader of the upper directory would not see it yet; nothing is flushed to disk
   * for processes that ask for it, as nothing else of a session is.
   *
   * <p>When stdin ends, containers still running are ended by their runtime, so that it removes
   * their cgroups; a runtime that failed to start one leaves it, and it is removed here. The kernel
   * ends whatever is left.
   */
  static String text() {
    return """
    set -eu
    cd "$1"
    runtime=$2
    kind=$3
    options=$4
    lower=$5
    session=${1##*/}
    mount -t tmpfs -o mode=0700,nosuid,nodev tmpfs ns
    if [ "$runtime" = crun ] && [ -d /sys/fs/cgroup/unified ]; then
      if [ -d /sys/fs/cgroup/devices ]; then
        mount -t tmpfs -o size=64k tmpfs /sys/fs/cgroup/unified
      else
        mount --bind /sys/fs/cgroup/unified /sys/fs/cgroup
      fi
    fi
    mkdir ns/root ns/state
    case $kind in
      overlay)
        cd links
        mount -t overlay overlay \\
          -o "${options}userxattr,lowerdir=$lower,upperdir=u,workdir=w" ../ns/root ;;
      fuse)
        mkdir ns/layers
        mount --bind ../.. ns/layers
        mount -o remount,bind,nosuid,nodev,noexec ns/layers
        cd ns/layers
        fuse-overlayfs -o "${options:-dev,}writeback=0,fsync=0,lowerdir=$lower" \\
          -o "upperdir=sessions/$session/upper,workdir=sessions/$session/work" "$1/ns/root" ;;
      copy)
        mount --bind upper ns/root
        if [ -n "$options" ]; then mount -o "remount,bind,${options%,}" ns/root; fi ;;
    esac
    echo ready
    while read -r line; do :; done
    cd "$1/ns/state"
    for container in *; do
      if [ -d "$container" ]; then
        "$runtime" --root . delete --force "$container" >/dev/null 2>&1 || :
      fi
    done
    for group in /sys/fs/cgroup/lamina/"$session"-* /sys/fs/cgroup/*/lamina/"$session"-*; do
      if [ -d "$group" ]; then rmdir "$group" 2>/dev/null || :; fi
    done
    """;
  }

  private SessionScript() {}
}
