// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.error.LaminaException;

/** Thrown when a store has no image of a name or ID. */
public final class ImageNotFoundException extends LaminaException {
  /**
   * Makes an exception.
   *
   * @param image the reference or ID that was looked for
   */
  public ImageNotFoundException(String image) {
    super("image " + image + ": expected in the store, found nothing");
  }
}
