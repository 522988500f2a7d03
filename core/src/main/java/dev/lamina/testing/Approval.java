// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A text that a person approved, in a file that belongs to the tests. */
record Approval(Path file) {
  private static final String PROPERTY = "lamina.approve";

  /** Returns why a text is not the approved one; empty if it is, or was made so just now. */
  Optional<String> check(String text) throws IOException {
    if (Boolean.getBoolean(PROPERTY)) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
      return Optional.empty();
    }
    if (!Files.exists(file)) {
      return Optional.of(
          "nothing was approved yet in " + file + approve() + "; it would be\n" + text);
    }
    String approved = Files.readString(file).replace("\r\n", "\n");
    String diff = TextDiff.of(lines(approved), lines(text));
    return diff.isEmpty()
        ? Optional.empty()
        : Optional.of("not as approved in " + file + approve() + ", - approved, + found\n" + diff);
  }

  private static String approve() {
    return " (run with -D" + PROPERTY + "=true to approve)";
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\n", -1));
  }
}
