// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.expand.WordExpander;
import java.util.List;
import java.util.Optional;

/**
 * A stage as a build meets it.
 *
 * @param stage the stage
 * @param header the FROM
 * @param imageWord what became of FROM's image
 * @param platformWord what became of FROM's {@code --platform}
 * @param base the stage that this one is built from; empty: an image
 * @param baseImage what is known of the image, if it is one
 * @param platform the platform it is built for, such as {@code linux/amd64}
 * @param statements what the stage does: the triggers of its base, then the instructions after
 *     FROM; empty if the target does not need the stage
 */
public record LintStage(
    Stage stage,
    LintStatement header,
    WordExpander.Expanded imageWord,
    Optional<WordExpander.Expanded> platformWord,
    Optional<LintStage> base,
    BaseImage baseImage,
    String platform,
    List<LintStatement> statements) {

  public LintStage {
    statements = List.copyOf(statements);
  }

  /** Returns the image or stage that this one is built from, variables expanded. */
  public String image() {
    return imageWord.text();
  }
}
