// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import java.util.List;

/**
 * A mount as the kernel takes it, ready to be made in a session's root.
 *
 * @param target the place in the root, absolute and without links
 * @param type the file system type; {@code bind} for a bind mount
 * @param source a host path, or a name for a file system without one
 * @param options as mount(8) has them
 */
record HostMount(String target, String type, String source, List<String> options) {
  HostMount {
    options = List.copyOf(options);
  }

  /** Returns a bind mount that can hold no devices and no setuid programs. */
  static HostMount bind(String target, String source, boolean writable) {
    return new HostMount(
        target,
        "bind",
        source,
        List.of("rbind", "rprivate", writable ? "rw" : "ro", "nosuid", "nodev"));
  }
}
