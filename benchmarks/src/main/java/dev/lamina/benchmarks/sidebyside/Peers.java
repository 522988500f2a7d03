// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The programs that were asked for, each looked for once. */
final class Peers {
  private final Map<String, Program> found = new TreeMap<>();
  private final Map<String, MissingPeerException> missing = new TreeMap<>();

  /**
   * Returns a program.
   *
   * @throws MissingPeerException if it isn't on the machine
   */
  Program require(String name) throws MissingPeerException {
    if (!found.containsKey(name) && !missing.containsKey(name)) {
      try {
        found.put(name, Program.find(name));
      } catch (MissingPeerException e) {
        missing.put(name, e);
      }
    }
    Program program = found.get(name);
    if (program == null) {
      throw missing.get(name);
    }
    return program;
  }

  /** Returns those that were found, by name. */
  Collection<Program> found() {
    return found.values();
  }
}
