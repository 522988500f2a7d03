// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.Metadata;

/**
 * Who a file belongs to.
 *
 * @param uid the user's number
 * @param gid the group's number
 */
record Owner(long uid, long gid) {
  static final Owner ROOT = new Owner(0, 0);

  Metadata apply(Metadata metadata) {
    return metadata.withOwner(uid, gid);
  }
}
