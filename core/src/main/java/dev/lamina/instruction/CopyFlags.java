// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Heredoc;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.util.List;
import java.util.Optional;

/** What COPY and ADD have in common: where they copy to, and how the history shows them. */
final class CopyFlags {
  private CopyFlags() {}

  static Optional<ModeChange> mode(Optional<String> chmod) throws StepException {
    return chmod.isPresent() ? Optional.of(ModeChange.parse(chmod.get())) : Optional.empty();
  }

  /** Returns the destination seen from the working directory, with the end it was written with. */
  static String destination(String destination, StepContext step) {
    if (destination.startsWith("/")) {
      return SlashPath.absoluteKeepingEnd(destination);
    }
    String directory = destination.isEmpty() || destination.equals(".") ? "./" : destination;
    return SlashPath.absoluteKeepingEnd(step.config().workingDir() + "/" + directory);
  }

  static String history(
      String keyword,
      Optional<String> chown,
      Optional<String> chmod,
      List<String> sources,
      List<Heredoc> heredocs,
      String destination) {
    StringBuilder text = new StringBuilder(keyword);
    chown.ifPresent(owner -> text.append(" --chown=").append(owner));
    chmod.ifPresent(mode -> text.append(" --chmod=").append(mode));
    sources.forEach(source -> text.append(' ').append(source));
    heredocs.forEach(heredoc -> text.append(" <<").append(heredoc.name()));
    return text.append(' ').append(destination).append(" # buildkit").toString();
  }
}
