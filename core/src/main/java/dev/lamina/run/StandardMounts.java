// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.ProcessSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What every process finds mounted, as BuildKit mounts it. */
final class StandardMounts {
  private static final long DEFAULT_SHM = 64 << 20;

  /**
   * Directories and files that must be there before anything can be mounted on them: path to
   * whether it is a directory.
   */
  static final Map<String, Boolean> TARGETS =
      Map.of(
          "/proc",
          true,
          "/dev",
          true,
          "/sys",
          true,
          "/etc/resolv.conf",
          false,
          "/etc/hosts",
          false);

  private StandardMounts() {}

  /**
   * Returns the mounts.
   *
   * @param files the directory, as the runtime sees it, with {@code hosts} and {@code resolv.conf}
   * @param hosts where {@code /etc/hosts} is in this root
   * @param resolvConf where {@code /etc/resolv.conf} is in this root
   */
  static List<HostMount> of(ProcessSpec spec, String files, String hosts, String resolvConf) {
    long shm = spec.shmSize().orElse(DEFAULT_SHM);
    List<HostMount> mounts = new ArrayList<>();
    mounts.add(new HostMount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")));
    mounts.add(
        new HostMount(
            "/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")));
    mounts.add(
        new HostMount(
            "/dev/pts",
            "devpts",
            "devpts",
            List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")));
    mounts.add(
        new HostMount(
            "/dev/shm",
            "tmpfs",
            "shm",
            List.of("nosuid", "noexec", "nodev", "mode=1777", "size=" + shm)));
    mounts.add(
        new HostMount("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")));
    mounts.add(new HostMount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")));
    mounts.add(file(resolvConf, files + "/resolv.conf"));
    mounts.add(file(hosts, files + "/hosts"));
    return mounts;
  }

  private static HostMount file(String target, String source) {
    return new HostMount(
        target, "bind", source, List.of("rbind", "rprivate", "ro", "nosuid", "nodev", "noexec"));
  }
}
