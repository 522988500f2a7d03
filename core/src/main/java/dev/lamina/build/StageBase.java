// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.BuildContext;
import dev.lamina.store.StoredImage;

/** What a stage stands on. */
sealed interface StageBase {
  /** Nothing. */
  record Scratch() implements StageBase {}

  /** Another stage. */
  record Stage(StageDraft stage) implements StageBase {}

  /** An image of the store. */
  record Image(StoredImage image) implements StageBase {}

  /** Files the caller gave, which are no image. */
  record Files(BuildContext context) implements StageBase {}
}
