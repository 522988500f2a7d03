// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;

/**
 * A small read-only root with a few programs of the host, in which a session's root is {@code /r}.
 *
 * <p>What has to be done to a root that processes are changing meanwhile is done from here: a link
 * that one of them puts in the way leads to nothing of the host's. Safe for use by several threads.
 */
final class ToolRoot {
  /** Where the session's root is in this one. */
  static final String ROOT = "/r";

  private static final List<String> PROGRAMS =
      List.of(
          "sh", "tar", "rm", "xargs", "mkdir", "ln", "chown", "env", "mount", "umount", "setpriv",
          "unshare", "prlimit");

  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x[0-9a-f]+\\)");

  /** Arguments: the session's directory in memory, then the files to copy. */
  private static final String MAKE =
      """
      set -eu
      cd "$1"
      shift
      mkdir tools
      mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs tools
      cp --dereference --parents -- "$@" tools
      mkdir tools/r tools/m tools/old tools/proc
      mount -o remount,bind,ro,nosuid,nodev tools
      mount --rbind root tools/r
      """;

  /** Arguments: the tools, the paths to remove, a tar stream, tar's option for owners. */
  private static final String APPLY =
      """
      set -eu
      exec 3<"$2" 4<"$3"
      exec chroot "$1" sh -c 'cd /r
        xargs -0 -r rm -rf -- <&3
        exec tar --extract --file=- --preserve-permissions "$0" --numeric-owner --xattrs \
          "--xattrs-include=*" --delay-directory-restore --warning=no-timestamp <&4' "$4"
      """;

  private @Nullable List<String> files; // guarded by this

  /** Returns the programs' files with all they need, as absolute paths. */
  private synchronized List<String> files() throws IOException {
    List<String> known = files;
    if (known == null) {
      known = find();
      files = known;
    }
    return known;
  }

  private static List<String> find() throws IOException {
    Set<String> all = new TreeSet<>();
    List<String> ldd = new ArrayList<>(List.of("ldd"));
    for (String program : PROGRAMS) {
      Optional<Path> file = EngineProbe.find(program);
      if (file.isEmpty()) {
        throw new RunException(program + ": expected this program on the host, found none");
      }
      all.add(file.get().toString());
      ldd.add(file.get().toString());
    }
    Matcher matcher = LIBRARY.matcher(HostCommand.run(ldd).output());
    while (matcher.find()) {
      if (Files.exists(Path.of(matcher.group(1)))) {
        all.add(matcher.group(1));
      }
    }
    return List.copyOf(all);
  }

  /** Returns where a program is, on the host and in this root. */
  String path(String program) {
    return EngineProbe.find(program).map(Path::toString).orElse(program);
  }

  /** Makes the root in a session, once. */
  Path make(Supervisor supervisor, Path memory) throws IOException {
    Path tools = memory.resolve("tools");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", MAKE, "lamina-tools", memory.toString()));
    command.addAll(files());
    HostCommand.Result<String> unused =
        HostCommand.run(supervisor.inside(command)).requireSuccess();
    return tools;
  }

  /**
   * Changes a session's root while processes may do the same.
   *
   * @param tools what {@link #make} returned
   * @param removals a file with the paths to remove
   * @param tar a file with a tar stream to be laid over the root
   * @param owners whether files can belong to others than root
   */
  void apply(Supervisor supervisor, Path tools, Path removals, Path tar, boolean owners)
      throws IOException {
    HostCommand.Result<String> result =
        HostCommand.run(
            supervisor.inside(
                List.of(
                    "sh",
                    "-c",
                    APPLY,
                    "lamina-apply",
                    tools.toString(),
                    removals.toString(),
                    tar.toString(),
                    Unpacker.ownerOption(owners))));
    if (result.exitCode() != 0) {
      throw new RunException("changing the session's root: " + result.lastLine());
    }
  }
}
