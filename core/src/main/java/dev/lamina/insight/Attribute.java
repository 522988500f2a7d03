// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Metadata;
import java.util.EnumSet;
import java.util.Set;

/** An attribute in which two states of a path can differ. */
public enum Attribute {
  /** Permission bits, setuid, setgid, sticky. */
  MODE,
  /** User or group. */
  OWNER,
  /** The time of the last modification. */
  MTIME,
  /** Extended attributes. */
  XATTRS;

  /** Returns the attributes that differ. */
  static Set<Attribute> differing(Metadata before, Metadata after) {
    Set<Attribute> differing = EnumSet.noneOf(Attribute.class);
    if (before.mode() != after.mode()) {
      differing.add(MODE);
    }
    if (before.uid() != after.uid() || before.gid() != after.gid()) {
      differing.add(OWNER);
    }
    if (!before.mtime().equals(after.mtime())) {
      differing.add(MTIME);
    }
    if (!before.xattrs().equals(after.xattrs())) {
      differing.add(XATTRS);
    }
    return differing;
  }
}
