// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.util.List;

/**
 * Who a process runs as, in numbers: names are looked up in the image's files before an engine sees
 * them.
 *
 * @param uid the user id, 0…4294967295
 * @param gid the primary group's id, 0…4294967295
 * @param additionalGroups ids of the supplementary groups
 * @param home the user's home directory, the value of {@code HOME} if the environment has none
 */
public record ProcessUser(long uid, long gid, List<Long> additionalGroups, String home) {

  /** The user every image starts with. */
  public static final ProcessUser ROOT = new ProcessUser(0, 0, List.of(), "/root");

  private static final long MAX_ID = 0xffff_ffffL;

  public ProcessUser {
    additionalGroups = List.copyOf(additionalGroups);
    requireId(uid);
    requireId(gid);
    additionalGroups.forEach(ProcessUser::requireId);
  }

  private static void requireId(long id) {
    if (id < 0 || id > MAX_ID) {
      throw new IllegalArgumentException("user or group id: expected 0…4294967295, found " + id);
    }
  }
}
