// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.insight.ImageDiff;
import java.io.IOException;

/** What is asked of two images at once. */
public final class Images {
  private Images() {}

  /**
   * Returns why two images are not the same: every setting, file, step and layer that differs. They
   * may be in different stores.
   *
   * <pre>{@code
   * System.out.print(Images.diff(store.image("shop/app:1.3"), store.image("shop/app:1.4")).toText());
   * }</pre>
   *
   * @throws IOException if a layer can't be read
   */
  public static ImageDiff diff(Image first, Image second) throws IOException {
    return ImageDiff.of(first.timeline(), second.timeline());
  }
}
