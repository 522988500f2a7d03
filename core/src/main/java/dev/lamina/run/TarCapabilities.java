// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.FileNames;
import dev.lamina.fs.HostNames;
import dev.lamina.spi.RunException;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads file capabilities with GNU programs only: cp copies the attributes, and nothing else, of
 * the files in question to empty files in memory, and tar tells what they are.
 */
final class TarCapabilities implements CapabilityReader {
  private static final String SCRIPT =
      """
      set -e
      copies=$(mktemp -d "$2/caps.XXXXXX")
      cd "$1"
      xargs -0 cp --attributes-only --preserve=xattr --parents --no-dereference --target-directory="$copies"
      cd "$copies"
      tar --create --xattrs --xattrs-include=security.capability --format=posix .
      cd /
      rm -r "$copies"
      """;

  private final Supervisor supervisor;
  private final Path memory;

  /**
   * Makes a reader.
   *
   * @param memory a directory in memory, in the supervisor's mount name space
   */
  TarCapabilities(Supervisor supervisor, Path memory) {
    this.supervisor = supervisor;
    this.memory = memory;
  }

  @Override
  public Map<Path, byte[]> read(Path root, Collection<Path> files) throws IOException {
    if (files.isEmpty()) {
      return Map.of();
    }
    Map<String, Path> byName = new HashMap<>();
    files.forEach(file -> byName.put("./" + HostNames.text(root.relativize(file)), file));
    HostCommand.Result<Map<Path, byte[]>> result =
        HostCommand.run(
            supervisor.inside(
                List.of(
                    "sh", "-c", SCRIPT, "lamina-capabilities", root.toString(), memory.toString())),
            stdin -> write(byName.keySet(), stdin),
            stdout -> read(stdout, byName));
    if (result.exitCode() != 0) {
      throw new RunException("reading file capabilities below " + root + ": " + result.lastLine());
    }
    return result.output();
  }

  private static void write(Collection<String> names, OutputStream stdin) throws IOException {
    for (String name : names) {
      stdin.write(FileNames.encode(name));
      stdin.write(0);
    }
  }

  private static Map<Path, byte[]> read(InputStream tar, Map<String, Path> byName)
      throws IOException {
    Map<Path, byte[]> found = new HashMap<>();
    TarReader reader = TarReader.over(tar, TarOptions.DEFAULT);
    for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
      Path file = byName.get(entry.get().name());
      Optional<byte[]> value = entry.get().metadata().xattrs().get(XATTR);
      if (file != null && value.isPresent()) {
        found.put(file, value.get());
      }
    }
    return found;
  }
}
