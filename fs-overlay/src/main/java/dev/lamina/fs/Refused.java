// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.CopyOption;
import java.nio.file.OpenOption;
import java.util.Collection;
import java.util.TreeSet;

/**
 * All that this file system refuses of what NIO leaves to a provider. The JDK's own provider on
 * Linux refuses the same, but for maps that write. Each message says what was asked and what there
 * is instead; README.md has the table.
 */
final class Refused {
  private Refused() {}

  private static UnsupportedOperationException of(String asked, String instead) {
    return new UnsupportedOperationException(asked + ": " + instead);
  }

  static UnsupportedOperationException openOption(OpenOption option) {
    return of("open option " + option, "expected a StandardOpenOption or a LinkOption");
  }

  static UnsupportedOperationException asyncAppend() {
    return of(
        "APPEND", "an asynchronous channel writes at positions; a FileChannel can be appended to");
  }

  static UnsupportedOperationException writingInputStream() {
    return of("WRITE or APPEND", "an input stream only reads; open an output stream or a channel");
  }

  static UnsupportedOperationException writableMap() {
    return of(
        "READ_WRITE map",
        "contents are shared between trees; map PRIVATE or READ_ONLY, and write through the"
            + " channel");
  }

  static UnsupportedOperationException copyOption(CopyOption option) {
    return of("copy option " + option, "expected a StandardCopyOption or a LinkOption");
  }

  static UnsupportedOperationException atomicCopy() {
    return of("ATOMIC_MOVE", "a copy isn't atomic; copy beside the target and move that");
  }

  static UnsupportedOperationException moveWithAttributes() {
    return of("COPY_ATTRIBUTES", "a move keeps the attributes without it");
  }

  static UnsupportedOperationException attributes(Class<?> type) {
    return of(
        "attributes " + type.getName(), "expected BasicFileAttributes or PosixFileAttributes");
  }

  static UnsupportedOperationException view(String view, Collection<String> views) {
    return of("attribute view '" + view + "'", "expected one of " + new TreeSet<>(views));
  }

  static UnsupportedOperationException initialAttribute(String attribute) {
    return of(
        "initial attribute '" + attribute + "'",
        "expected posix:permissions or unix:mode; set others when the file is there");
  }

  static UnsupportedOperationException initialLinkAttributes() {
    return of(
        "initial attributes of a symbolic link", "set its owner and time when the link is there");
  }

  static UnsupportedOperationException storeAttribute(String attribute) {
    return of(
        "file store attribute '" + attribute + "'",
        "expected totalSpace, usableSpace or unallocatedSpace");
  }

  static UnsupportedOperationException patternSyntax(String syntax) {
    return of("pattern syntax '" + syntax + "'", "expected glob or regex");
  }

  static UnsupportedOperationException watchEvent(String event) {
    return of("watch event " + event, "expected one of StandardWatchEventKinds");
  }
}
