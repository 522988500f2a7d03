// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import dev.lamina.Image;
import dev.lamina.fs.TreePath;
import dev.lamina.insight.Blame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What assertions on an image have in common: how they read it and how they fail. */
record Subject(Image image) {

  /** Reads something from the image. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Returns what is read; a store that can't be read is no failed assertion. */
  static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the image is called in a message. */
  String name() {
    return image.reference().map(r -> r.familiar()).orElse(image.id().shortHex());
  }

  AssertionError failure(String message) {
    return new AssertionError(name() + ": " + message);
  }

  AssertionError failure(String what, Object expected, Object found) {
    return failure(what + ": expected " + expected + ", found " + found);
  }

  /** Returns a failure that lists what should not be there. */
  AssertionError failure(String what, List<String> found) {
    StringBuilder text = new StringBuilder(what);
    found.forEach(line -> text.append("\n  ").append(line));
    return failure(text.toString());
  }

  /** Returns which steps touched a path, as lines to go under a message. */
  String touchedBy(TreePath path) {
    Blame blame = read(() -> image.blame(path.toString()));
    StringBuilder text = new StringBuilder();
    blame.touches().forEach(touch -> text.append("\n  ").append(touch));
    return text.toString();
  }

  /** Returns the path with the last thing that was done to it, on one line. */
  String blamed(TreePath path, String detail) {
    List<Blame.Touch> touches = read(() -> image.blame(path.toString())).touches();
    return path + " " + detail + (touches.isEmpty() ? "" : ", " + touches.get(touches.size() - 1));
  }
}
