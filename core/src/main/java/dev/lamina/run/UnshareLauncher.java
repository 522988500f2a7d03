// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.SecurityMode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes with util-linux alone: name spaces, mounts and capabilities, but no filter of
 * system calls and no control groups.
 *
 * <p>Everything is mounted from within the small root of the host's programs, after the host's own
 * root is gone: a link in the image can lead a mount nowhere.
 */
final class UnshareLauncher extends SandboxLauncher {
  private static final List<String> NODES =
      List.of("null", "zero", "full", "random", "urandom", "tty");

  UnshareLauncher(ToolRoot tools) {
    super(tools);
  }

  /** It mounts when the host's root is gone. */
  @Override
  public boolean followsLinksInMounts() {
    return false;
  }

  @Override
  public List<String> warnings() {
    return List.of(WARNING);
  }

  @Override
  public List<String> command(Start start) throws IOException {
    Files.write(start.bundleFromHost().resolve("run"), script(start));
    ProcessSpec spec = start.spec();
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "echo $$ >\"$1\"; shift; exec \"$@\"",
                "lamina-run",
                start.bundle().resolve(PID).toString(),
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "--pid",
                "--ipc",
                "--uts"));
    if (spec.network() == NetworkMode.NONE) {
      command.add("--net");
    }
    command.addAll(
        List.of("--fork", "--kill-child", "--", "sh", start.bundle().resolve("run").toString()));
    return command;
  }

  private byte[] script(Start start) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("set -eu");
    lines.add("cd " + SandboxScript.quoted(start.mounted().tools().toString()));
    String host = SandboxScript.quoted(start.spec().hostname());
    lines.add(
        "hostname %1$s 2>/dev/null || { echo %1$s >/proc/sys/kernel/hostname; } 2>/dev/null || :"
            .formatted(host));
    if (start.spec().network() == NetworkMode.NONE) {
      lines.add("ip link set lo up 2>/dev/null || :");
    }
    lines.add("mount -t tmpfs -o mode=0755,nosuid tmpfs m");
    for (String node : NODES) {
      lines.add(": >m/%1$s; mount --bind /dev/%1$s m/%1$s".formatted(node));
    }
    List<HostMount> mounts = start.mounts();
    for (int i = 0; i < mounts.size(); i++) {
      if (mounts.get(i).type().equals("bind")) {
        lines.add(
            "if [ -d %1$s ]; then mkdir m/%2$d; else : >m/%2$d; fi; mount --rbind %1$s m/%2$d"
                .formatted(SandboxScript.quoted(mounts.get(i).source()), i));
      } else if (mounts.get(i).type().equals("sysfs")) {
        // A user name space gets one only as long as it sees the host's.
        lines.add(
            "mkdir m/%1$d; mount -t sysfs -o %2$s sysfs m/%1$d"
                .formatted(i, String.join(",", mounts.get(i).options())));
      }
    }
    lines.add("mount -t proc proc proc"); // umount looks there
    lines.add("pivot_root . old");
    lines.add("cd /");
    lines.add("umount -l /old");
    for (int i = 0; i < mounts.size(); i++) {
      lines.addAll(mount(mounts.get(i), i));
    }
    if (start.spec().security() == SecurityMode.SANDBOX) {
      lines.addAll(masks());
    }
    lines.add("umount -l /m");
    lines.addAll(SandboxScript.lines(start, tools()));
    return SandboxScript.bytes(lines);
  }

  private static List<String> mount(HostMount mount, int number) {
    List<String> lines = new ArrayList<>();
    String target = SandboxScript.quoted(ToolRoot.ROOT + mount.target());
    if (mount.type().equals("bind")) {
      String above =
          SandboxScript.quoted(ToolRoot.ROOT + mount.target().replaceFirst("/[^/]*$", ""));
      lines.add(
          "[ -e %1$s ] || { mkdir -p %2$s; if [ -d m/%3$d ]; then mkdir %1$s; else : >%1$s; fi; }"
              .formatted(target, above, number));
      lines.add("mount --rbind m/" + number + " " + target);
      List<String> flags =
          mount.options().stream()
              .filter(o -> !o.equals("rbind") && !o.equals("rprivate"))
              .toList();
      lines.add("mount -o remount,bind," + String.join(",", flags) + " " + target);
    } else if (mount.type().equals("sysfs")) {
      lines.add("mount --rbind m/" + number + " " + target);
    } else {
      lines.add("[ -d %1$s ] || mkdir -p %1$s".formatted(target));
      lines.add(
          "mount -t %s -o %s %s %s"
              .formatted(mount.type(), options(mount), mount.source(), target));
    }
    if (mount.target().equals("/dev")) {
      for (String node : NODES) {
        lines.add(": >/r/dev/%1$s; mount --bind m/%1$s /r/dev/%1$s".formatted(node));
      }
      lines.add("ln -s /proc/self/fd /r/dev/fd");
      lines.add("ln -s /proc/self/fd/0 /r/dev/stdin");
      lines.add("ln -s /proc/self/fd/1 /r/dev/stdout");
      lines.add("ln -s /proc/self/fd/2 /r/dev/stderr");
      lines.add("ln -s pts/ptmx /r/dev/ptmx");
      lines.add("mkdir /r/dev/pts /r/dev/shm /r/dev/mqueue");
    }
    return lines;
  }

  /** The nodes of {@code /dev} are mounts of their own: a process's device beside them is none. */
  private static String options(HostMount mount) {
    List<String> options = new ArrayList<>(mount.options());
    if (mount.type().equals("tmpfs") && !options.contains("nodev")) {
      options.add("nodev");
    }
    return String.join(",", options);
  }

  private static List<String> masks() {
    List<String> lines = new ArrayList<>();
    lines.add("for p in " + String.join(" ", StandardMounts.MASKED) + "; do");
    lines.add("  if [ -d /r$p ]; then mount -t tmpfs -o ro,nosuid,nodev,noexec tmpfs /r$p");
    lines.add("  elif [ -e /r$p ]; then mount --bind m/null /r$p; fi");
    lines.add("done");
    lines.add("for p in " + String.join(" ", StandardMounts.READ_ONLY) + "; do");
    lines.add("  if [ -e /r$p ]; then mount --bind /r$p /r$p");
    lines.add("    mount -o remount,bind,ro,nosuid,nodev,noexec /r$p; fi");
    lines.add("done");
    return lines;
  }
}
