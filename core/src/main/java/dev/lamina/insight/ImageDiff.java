// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why two images are not the same: every setting, file, step and layer in which they differ.
 *
 * <pre>{@code
 * ImageDiff diff = Images.diff(yesterday, today);
 * System.out.print(diff.toText());
 * diff.files().forEach(System.out::println);   // /app/app.jar: 812345 bytes → 812399 bytes
 * }</pre>
 *
 * <p>The images may be in different stores. If they are in one and have layers in common, only what
 * differs is looked at, however much there is else. Bytes are compared, not times: a file that only
 * has another time is told apart from one with other bytes. If there is nothing to tell, the images
 * have the same configuration and the same layers.
 *
 * @param differences settings first, then packages by name, files by path, history and layers
 */
public record ImageDiff(List<Difference> differences) {
  private static final int SHOWN = 50;

  /** Copies the list. */
  public ImageDiff {
    differences = List.copyOf(differences);
  }

  /**
   * Compares two images.
   *
   * @throws IOException if a layer can't be read
   */
  public static ImageDiff of(Timeline before, Timeline after) throws IOException {
    List<Difference> all = new ArrayList<>();
    ConfigDiff.add(before.config(), after.config(), all);
    FileTree was = before.last().tree();
    FileTree is = after.last().tree();
    PackageDiff.add(was, is, all);
    FileDiff.add(was, is, all);
    HistoryDiff.add(before, after, all);
    if (all.isEmpty() && !before.config().equals(after.config())) {
      String first = before.config().digest().toString();
      String second = after.config().digest().toString();
      all.add(
          new Difference(
              Difference.Kind.CONFIG,
              "fields that mean nothing here",
              Optional.of(first),
              Optional.of(second)));
    }
    return new ImageDiff(all);
  }

  /** Returns whether there is no difference. */
  public boolean isEmpty() {
    return differences.isEmpty();
  }

  /** Returns the differences in files, those that are only of time left out. */
  public List<Difference> files() {
    return of(Set.of(Difference.Kind.FILE));
  }

  /** Returns the differences of some kinds. */
  public List<Difference> of(Set<Difference.Kind> kinds) {
    return differences.stream().filter(each -> kinds.contains(each.kind())).toList();
  }

  /** Returns the differences, a line each under a heading for each kind; the first 50 of a kind. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    for (Difference.Kind kind : Difference.Kind.values()) {
      List<Difference> some = of(Set.of(kind));
      if (!some.isEmpty()) {
        text.append(heading(kind)).append('\n');
        some.stream().limit(SHOWN).forEach(each -> text.append("  ").append(each).append('\n'));
        if (some.size() > SHOWN) {
          text.append("  and ").append(some.size() - SHOWN).append(" more\n");
        }
      }
    }
    return text.length() == 0 ? "no difference\n" : text.toString();
  }

  private static String heading(Difference.Kind kind) {
    return switch (kind) {
      case CONFIG -> "Configuration";
      case PACKAGE -> "Packages";
      case FILE -> "Files";
      case TIME -> "Files that differ in their time only";
      case HISTORY -> "History";
      case LAYER -> "Layers";
    };
  }
}
