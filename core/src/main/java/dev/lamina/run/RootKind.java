// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import java.util.Locale;

/** How a session's root gets its writable top, the best first. */
enum RootKind {
  /** The kernel's overlay: nothing is copied, and the upper directory is the difference. */
  OVERLAY,
  /** A copy of the whole root, which is compared with the tree afterwards. */
  COPY;

  /** Returns the name that the script and people know it by. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
