// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.FileNames;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.ProcessUser;
import dev.lamina.spi.SecurityMode;
import dev.lamina.spi.Ulimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The last part of a sandbox without an OCI runtime: from the small root of the host's programs
 * into the session's root, as the user, with the environment, and then the command.
 *
 * <p>The programs that do this are the host's, in a root that holds nothing else: so neither an
 * image's libraries nor its {@code LD_PRELOAD} can do more than the command itself.
 */
final class SandboxScript {
  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What the shell itself puts into the environment, or keeps for itself. */
  private static final Set<String> SHELLS_OWN =
      Set.of("PWD", "OLDPWD", "SHLVL", "_", "LC_ALL", "PATH");

  private SandboxScript() {}

  /** Returns a word as the shell reads it. */
  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Returns a script as bytes, with names of files as they are. */
  static byte[] bytes(List<String> lines) {
    return FileNames.encode(String.join("\n", lines) + "\n");
  }

  /** Returns the lines that end a script: they do not return. */
  static List<String> lines(Launcher.Start start, ToolRoot tools) {
    ProcessSpec spec = start.spec();
    List<String> lines = new ArrayList<>();
    String wd = ToolRoot.ROOT + start.workingDirectory();
    ProcessUser user = spec.user();
    lines.add(
        "[ -d %1$s ] || { mkdir -p %1$s; chown %2$s %1$s; }"
            .formatted(quoted(wd), user.uid() + ":" + user.gid()));
    List<String> command = new ArrayList<>();
    if (!spec.ulimits().isEmpty()) {
      command.add(tools.path("prlimit"));
      spec.ulimits().forEach(limit -> command.add(limit(limit)));
    }
    command.add(tools.path("env"));
    Map<String, String> env = spec.env();
    for (String name : SHELLS_OWN.stream().sorted().toList()) {
      command.addAll(List.of("-u", name));
    }
    env.forEach((name, value) -> command.add(quoted(name + "=" + value)));
    if (!env.containsKey("HOME") && !spec.secretEnv().containsKey("HOME")) {
      command.add(quoted("HOME=" + user.home()));
    }
    // A secret is exported, not an argument: every user of the host can read arguments.
    spec.secretEnv()
        .forEach(
            (name, value) -> {
              if (SHELL_NAME.matcher(name).matches() && !SHELLS_OWN.contains(name)) {
                lines.add("export " + name + "=" + quoted(value));
              } else {
                command.add(quoted(name + "=" + value));
              }
            });
    command.addAll(privileges(start, tools));
    command.addAll(
        List.of(
            tools.path("unshare"),
            "--root=" + ToolRoot.ROOT,
            quoted("--wd=" + start.spec().workingDirectory()),
            "--setuid=" + user.uid(),
            "--"));
    spec.argv().forEach(word -> command.add(quoted(word)));
    lines.add("exec " + String.join(" ", command));
    return lines;
  }

  private static List<String> privileges(Launcher.Start start, ToolRoot tools) {
    ProcessUser user = start.spec().user();
    List<String> words = new ArrayList<>(List.of(tools.path("setpriv"), "--inh-caps=-all"));
    if (start.spec().security() == SecurityMode.SANDBOX) {
      StringBuilder bounding = new StringBuilder("--bounding-set=-all");
      Capabilities.DEFAULT.forEach(
          name -> bounding.append(",+").append(name.substring(4).toLowerCase(Locale.ROOT)));
      words.add(bounding.toString());
    }
    if (start.mounted().identity().isSingle()) {
      words.add("--keep-groups"); // the kernel lets a lone user change none
    } else if (user.additionalGroups().isEmpty()) {
      words.add("--clear-groups");
    } else {
      words.add(
          "--groups="
              + String.join(",", user.additionalGroups().stream().map(String::valueOf).toList()));
    }
    words.add("--regid=" + user.gid());
    return words;
  }

  private static String limit(Ulimit limit) {
    return "--" + limit.name() + "=" + value(limit.soft()) + ":" + value(limit.hard());
  }

  private static String value(long limit) {
    return limit == -1 ? "unlimited" : Long.toString(limit);
  }
}
