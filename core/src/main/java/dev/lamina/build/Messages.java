// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What went wrong, in words: the JDK's file exceptions often hold a path and no word. */
final class Messages {
  private Messages() {}

  static String of(IOException e) {
    String message = e.getMessage();
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return message + ": " + reason(file);
    }
    return message;
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (e instanceof FileSystemLoopException) {
      return "too many links";
    }
    return e.getClass().getSimpleName();
  }
}
