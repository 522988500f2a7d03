// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * {@code COPY}: copies files from the build context, a stage or an image.
 *
 * @param sources paths and wildcards
 * @param heredocs files given in the Dockerfile itself
 * @param destination where to
 * @param from the stage, named context or image to copy from; empty: the build context
 * @param chown owner of what is copied
 * @param chmod mode of what is copied, octal or symbolic
 * @param link whether the copy is a layer independent of what is below
 * @param parents whether the sources' directories are kept
 * @param excludes patterns of what is not copied
 */
public record Copy(
    List<String> sources,
    List<Heredoc> heredocs,
    String destination,
    Optional<String> from,
    Optional<String> chown,
    Optional<String> chmod,
    boolean link,
    boolean parents,
    List<String> excludes)
    implements Instruction {
  public Copy {
    sources = List.copyOf(sources);
    heredocs = List.copyOf(heredocs);
    from = from.filter(text -> !text.isEmpty());
    chown = chown.filter(text -> !text.isEmpty());
    chmod = chmod.filter(text -> !text.isEmpty());
    excludes = List.copyOf(excludes);
  }

  /** Returns {@code COPY sources… destination} without flags. */
  public static Copy of(List<String> sources, String destination) {
    return new Copy(
        sources,
        List.of(),
        destination,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of());
  }

  /** Returns this instruction with {@code --from}. */
  public Copy withFrom(String other) {
    return new Copy(
        sources, heredocs, destination, Optional.of(other), chown, chmod, link, parents, excludes);
  }

  /** Returns this instruction with {@code --chown}. */
  public Copy withChown(String other) {
    return new Copy(
        sources, heredocs, destination, from, Optional.of(other), chmod, link, parents, excludes);
  }

  /** Returns this instruction with {@code --chmod}. */
  public Copy withChmod(String other) {
    return new Copy(
        sources, heredocs, destination, from, chown, Optional.of(other), link, parents, excludes);
  }

  /** Returns this instruction with other documents. */
  public Copy withHeredocs(List<Heredoc> other) {
    return new Copy(sources, other, destination, from, chown, chmod, link, parents, excludes);
  }

  @Override
  public String keyword() {
    return "COPY";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitCopy(this);
  }
}
