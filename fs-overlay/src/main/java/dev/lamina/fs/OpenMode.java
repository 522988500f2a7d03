// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Options of opening a file, checked. */
record OpenMode(
    boolean read,
    boolean write,
    boolean append,
    boolean truncate,
    boolean create,
    boolean createNew,
    boolean deleteOnClose,
    boolean follow) {

  /**
   * Reads what NIO passes.
   *
   * @throws IllegalArgumentException if options exclude each other
   * @throws UnsupportedOperationException if one is not known
   */
  static OpenMode of(Set<? extends OpenOption> options) {
    for (OpenOption option : options) {
      if (option == null) {
        throw new NullPointerException("open option");
      }
      if (!(option instanceof StandardOpenOption) && !(option instanceof LinkOption)) {
        throw Refused.openOption(option);
      }
    }
    boolean append = options.contains(StandardOpenOption.APPEND);
    boolean write = append || options.contains(StandardOpenOption.WRITE);
    boolean read = !write || options.contains(StandardOpenOption.READ);
    boolean truncate = options.contains(StandardOpenOption.TRUNCATE_EXISTING);
    if (append && options.contains(StandardOpenOption.READ)) {
      throw new IllegalArgumentException("READ with APPEND");
    }
    if (append && truncate) {
      throw new IllegalArgumentException("APPEND with TRUNCATE_EXISTING");
    }
    return new OpenMode(
        read,
        write,
        append,
        write && truncate,
        write && options.contains(StandardOpenOption.CREATE),
        write && options.contains(StandardOpenOption.CREATE_NEW),
        options.contains(StandardOpenOption.DELETE_ON_CLOSE),
        !options.contains(LinkOption.NOFOLLOW_LINKS));
  }
}
