// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.NetworkMode;
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

  /** What a sandboxed process must not see of {@code /proc} and {@code /sys}. */
  static final List<String> MASKED =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/devices/virtual/powercap",
          "/sys/firmware");

  /** What it may only read. */
  static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private StandardMounts() {}

  /**
   * Returns the mounts.
   *
   * @param identity as whom the process runs
   * @param files the directory, as the runtime sees it, with {@code hosts} and {@code resolv.conf}
   * @param hosts where {@code /etc/hosts} is in this root
   * @param resolvConf where {@code /etc/resolv.conf} is in this root
   */
  static List<HostMount> of(
      ProcessSpec spec, Identity identity, String files, String hosts, String resolvConf) {
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
            identity.isSingle() // there is no group of terminals then
                ? List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620")
                : List.of(
                    "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")));
    mounts.add(
        new HostMount(
            "/dev/shm",
            "tmpfs",
            "shm",
            List.of("nosuid", "noexec", "nodev", "mode=1777", "size=" + shm)));
    mounts.add(
        new HostMount("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")));
    mounts.add(sys(spec, identity));
    mounts.add(file(resolvConf, files + "/resolv.conf"));
    mounts.add(file(hosts, files + "/hosts"));
    return mounts;
  }

  /** Only the owner of a network name space may mount its sysfs. */
  private static HostMount sys(ProcessSpec spec, Identity identity) {
    List<String> options = List.of("nosuid", "noexec", "nodev", "ro");
    if (identity.isHostRoot() || spec.network() == NetworkMode.NONE) {
      return new HostMount("/sys", "sysfs", "sysfs", options);
    }
    List<String> all = new ArrayList<>(List.of("rbind", "rprivate"));
    all.addAll(options);
    return new HostMount("/sys", "bind", "/sys", all);
  }

  private static HostMount file(String target, String source) {
    return new HostMount(
        target, "bind", source, List.of("rbind", "rprivate", "ro", "nosuid", "nodev", "noexec"));
  }
}
