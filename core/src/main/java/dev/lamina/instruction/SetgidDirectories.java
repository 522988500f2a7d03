// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;

/** What Linux does to a directory made in one that has the setgid bit. */
final class SetgidDirectories {
  private static final int SETGID = 02000;

  private SetgidDirectories() {}

  /**
   * Returns the attributes of a new directory: its parent's group and setgid bit, if that has it.
   */
  static Metadata inherit(Node parent, Metadata made) {
    return (parent.mode() & SETGID) == 0
        ? made
        : made.withMode(made.mode() | SETGID).withOwner(made.uid(), parent.gid());
  }
}
