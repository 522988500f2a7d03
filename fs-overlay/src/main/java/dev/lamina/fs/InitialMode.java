// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Permission bits as sets, and those of new files. */
final class InitialMode {
  private static final PosixFilePermission[] BY_BIT = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ,
  };

  private InitialMode() {}

  /**
   * The mode that is asked for: {@code fallback}, {@code posix:permissions} or {@code unix:mode}.
   */
  static int of(int fallback, FileAttribute<?>... attributes) {
    int mode = fallback;
    for (FileAttribute<?> attribute : attributes) {
      switch (attribute.name()) {
        case "posix:permissions" -> mode = bits((Set<?>) attribute.value());
        case "unix:mode" -> mode = (Integer) attribute.value() & 07777;
        default -> throw Refused.initialAttribute(attribute.name());
      }
    }
    return mode;
  }

  static int bits(Set<?> permissions) {
    int mode = 0;
    for (Object permission : permissions) {
      mode |= 1 << Arrays.asList(BY_BIT).indexOf((PosixFilePermission) permission);
    }
    return mode;
  }

  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < BY_BIT.length; bit++) {
      if ((mode & (1 << bit)) != 0) {
        permissions.add(BY_BIT[bit]);
      }
    }
    return permissions;
  }
}
