// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import java.util.Locale;

/** What a step did to a path. */
public enum ChangeKind {
  /** Nothing was there before. */
  ADDED,
  /** What is there is another: other bytes, another target, another type. */
  CHANGED,
  /** What is there is the same, but mode, owner, time or extended attributes differ. */
  ATTRIBUTES,
  /** The layer holds the path once more, as it was. */
  AGAIN,
  /** It is gone. */
  DELETED;

  /** Returns the kind in words, for a person. */
  public String text() {
    return switch (this) {
      case ATTRIBUTES -> "attributes changed";
      case AGAIN -> "stored again";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}
