// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.FileNames;
import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.SecurityMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts processes by bubblewrap. */
final class BubblewrapLauncher extends SandboxLauncher {
  private static final String START =
      "echo $$ >\"$1/pid\"; exec bwrap --args 9 -- sh /m/run 9<\"$1/args\"";

  /** Bubblewrap mounts no sysfs, and the host's would show the host's network. */
  private static final String START_WITHOUT_NETWORK =
      """
      echo $$ >"$1/pid"
      mkdir "$1/sys"
      exec unshare --net --mount --propagation private sh -c \
        'mount -t sysfs sysfs "$1/sys" && exec bwrap --args 9 -- sh /m/run 9<"$1/args"' sh "$1"
      """;

  BubblewrapLauncher(ToolRoot tools) {
    super(tools);
  }

  /** It mounts while the host's root is still at {@code /oldroot}, and looks for no links. */
  @Override
  public boolean followsLinksInMounts() {
    return true;
  }

  @Override
  public List<String> warnings() {
    return List.of(
        "bubblewrap sets no_new_privs: setuid programs and file capabilities have no effect in RUN",
        WARNING);
  }

  @Override
  public List<String> command(Start start) throws IOException {
    List<String> script = new ArrayList<>(List.of("set -eu"));
    script.addAll(SandboxScript.lines(start, tools()));
    Files.write(start.bundleFromHost().resolve("run"), SandboxScript.bytes(script));
    String arguments = String.join("\0", arguments(start)) + "\0";
    Files.write(start.bundleFromHost().resolve("args"), FileNames.encode(arguments));
    boolean network = start.spec().network() != NetworkMode.NONE;
    return List.of(
        "sh",
        "-c",
        network ? START : START_WITHOUT_NETWORK,
        "lamina-run",
        start.bundle().toString());
  }

  private static List<String> arguments(Start start) throws IOException {
    ProcessSpec spec = start.spec();
    boolean sandbox = spec.security() == SecurityMode.SANDBOX;
    List<String> args =
        new ArrayList<>(List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--as-pid-1"));
    args.add("--die-with-parent");
    if (!spec.hostname().isEmpty()) {
      args.addAll(List.of("--hostname", spec.hostname()));
    }
    if (spec.network() == NetworkMode.NONE) {
      args.add("--unshare-net");
    }
    args.addAll(List.of("--cap-drop", "ALL"));
    for (String capability : sandbox ? Capabilities.DEFAULT : Capabilities.ALL) {
      args.addAll(List.of("--cap-add", capability));
    }
    args.addAll(List.of("--ro-bind", start.mounted().tools().toString(), "/"));
    args.addAll(List.of("--ro-bind", start.bundle().toString(), "/m"));
    args.addAll(List.of("--bind", start.root().toString(), ToolRoot.ROOT));
    for (HostMount mount : start.mounts()) {
      args.addAll(mount(mount, start));
    }
    if (sandbox) {
      for (String path : StandardMounts.MASKED) {
        if (Files.isDirectory(Path.of(path))) {
          args.addAll(List.of("--tmpfs", ToolRoot.ROOT + path));
        } else if (Files.exists(Path.of(path))) {
          args.addAll(List.of("--ro-bind", "/dev/null", ToolRoot.ROOT + path));
        }
      }
      for (String path : StandardMounts.READ_ONLY) {
        if (Files.exists(Path.of(path))) {
          args.addAll(List.of("--ro-bind", path, ToolRoot.ROOT + path));
        }
      }
    }
    return args;
  }

  private static List<String> mount(HostMount mount, Start start) {
    String target = ToolRoot.ROOT + mount.target();
    return switch (mount.target()) {
      case "/dev" -> List.of("--dev", target);
      case "/dev/pts" -> List.of(); // bubblewrap's --dev has it
      default ->
          switch (mount.type()) {
            case "proc" -> List.of("--proc", target);
            case "mqueue" -> List.of("--mqueue", target);
            case "sysfs" ->
                List.of(
                    "--ro-bind",
                    start.spec().network() == NetworkMode.NONE ? start.bundle() + "/sys" : "/sys",
                    target);
            case "tmpfs" -> tmpfs(mount, target);
            default ->
                List.of(
                    mount.options().contains("ro") ? "--ro-bind" : "--bind",
                    mount.source(),
                    target);
          };
    };
  }

  private static List<String> tmpfs(HostMount mount, String target) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--perms", option(mount, "mode=").map(m -> "0" + m).orElse("01777")));
    option(mount, "size=").ifPresent(size -> args.addAll(List.of("--size", size)));
    args.addAll(List.of("--tmpfs", target));
    if (mount.options().contains("ro")) {
      args.addAll(List.of("--remount-ro", target));
    }
    return args;
  }

  private static Optional<String> option(HostMount mount, String name) {
    return mount.options().stream()
        .filter(option -> option.startsWith(name))
        .map(option -> option.substring(name.length()))
        .findFirst();
  }
}
