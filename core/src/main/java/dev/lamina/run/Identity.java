// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import java.util.ArrayList;
import java.util.List;

/**
 * As whom the processes of an engine run: as the root of this host, or as the root of a user name
 * space.
 *
 * @param name tells folders apart whose files have different owners
 * @param description for people: {@code as root}
 * @param prefix what comes before a command so that it runs as that root; empty for the host's own
 * @param warnings what will not work
 */
record Identity(String name, String description, List<String> prefix, List<String> warnings) {
  Identity {
    prefix = List.copyOf(prefix);
    warnings = List.copyOf(warnings);
  }

  /** Returns the host's root. */
  static Identity root() {
    return new Identity("root", "as root", List.of(), List.of());
  }

  /** Tells whether this is the root of the host: only that one can make devices. */
  boolean isHostRoot() {
    return prefix.isEmpty();
  }

  /** Tells whether there is only one user and one group. */
  boolean isSingle() {
    return name.startsWith("single");
  }

  /** Returns a command that runs as that root. */
  List<String> inside(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }
}
