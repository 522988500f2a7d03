// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Claims about all regular files of an image at once. */
final class AllFiles {
  private AllFiles() {}

  /** Claims that no file is so, but for those allowed; lists the others with who made them. */
  static ImageAssert none(
      ImageAssert image,
      Subject subject,
      String message,
      BiPredicate<TreePath, Node.File> offends,
      Function<Node.File, String> detail,
      List<String> allowed) {
    Set<TreePath> exceptions = new HashSet<>();
    allowed.forEach(path -> exceptions.add(TreePath.of(path)));
    List<String> found = new ArrayList<>();
    Subject.read(() -> subject.image().tree())
        .forEach(
            (path, node) -> {
              if (node instanceof Node.File file
                  && !exceptions.contains(path)
                  && offends.test(path, file)) {
                found.add(subject.blamed(path, detail.apply(file)));
              }
            });
    if (!found.isEmpty()) {
      throw subject.failure(message, found);
    }
    return image;
  }

  static String mode(Node.File file) {
    return String.format(
        Locale.ROOT, "with mode %04o of %d:%d", file.mode(), file.uid(), file.gid());
  }
}
