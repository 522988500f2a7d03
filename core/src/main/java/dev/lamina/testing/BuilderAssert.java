// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.Images;
import dev.lamina.insight.ImageDiff;
import java.io.IOException;

/** Asserts something of a build as a whole. Immutable. */
public final class BuilderAssert {
  private final ImageBuilder builder;

  BuilderAssert(ImageBuilder builder) {
    this.builder = builder;
  }

  /**
   * Claims that two builds without the cache give one digest. Unless a build is given a time by
   * {@link ImageBuilder#sourceDate} or {@code SOURCE_DATE_EPOCH}, none is: it notes when it was
   * made.
   *
   * @return assertions on the image
   * @throws AssertionError with everything in which the two differ
   * @throws IOException if a build fails
   */
  @CanIgnoreReturnValue
  public ImageAssert isReproducible() throws IOException, InterruptedException {
    Image first = builder.noCache().build();
    Image second = builder.noCache().build();
    if (!first.manifest().equals(second.manifest())) {
      ImageDiff diff = Images.diff(first, second);
      throw new AssertionError(
          "expected two builds to give one digest, found "
              + first.id()
              + " and "
              + second.id()
              + "\n"
              + diff.toText());
    }
    return ImageAssert.assertThat(second);
  }
}
