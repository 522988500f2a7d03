// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;

/**
 * Where a copy lands, by the rules of {@code docker cp}: what is copied, and what stands where it
 * is to go, decide together.
 */
enum CopyTarget {
  /** The source takes the place and the name of the destination. */
  ITSELF,
  /** The source goes into the destination, which is a directory, under its own name. */
  CHILD,
  /** What is in the source, a directory, goes into the destination, which is one too. */
  CONTENTS;

  /** What stands at the destination. */
  enum Found {
    NOTHING,
    DIRECTORY,
    OTHER
  }

  /**
   * Returns where the copy lands.
   *
   * @param directory whether the source is a directory
   * @param contents whether only what is in it is meant
   * @param found what stands at the destination
   * @param destination its name
   * @param asserted whether the name says that it is a directory, by a slash behind it
   * @throws FileSystemException if it can't land there
   */
  static CopyTarget of(
      boolean directory, boolean contents, Found found, String destination, boolean asserted)
      throws FileSystemException {
    if (found == Found.DIRECTORY) {
      return directory && contents ? CONTENTS : CHILD;
    }
    if (directory && found == Found.OTHER) {
      throw new FileSystemException(destination, null, "cannot copy directory to a file");
    }
    if (!directory && asserted) {
      throw new NotDirectoryException(destination);
    }
    return ITSELF;
  }
}
