// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import java.nio.file.Path;
import java.util.Map;

/** Where a user's things are, as the XDG base directory specification has it. */
final class UserFolders {
  private UserFolders() {}

  static Path store(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("LAMINA_STORE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    return (data.isEmpty() ? Path.of(home, ".local", "share") : Path.of(data)).resolve("lamina");
  }
}
