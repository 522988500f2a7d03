// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.error.LaminaException;
import dev.lamina.tar.TarFormatException;

/**
 * Thrown when a layer's tar is damaged, truncated or over a limit, or says what a layer can't say.
 */
public final class LayerFormatException extends LaminaException {
  private final String layer;
  private final String entry;
  private final long offset;

  /**
   * Makes an exception about an entry.
   *
   * @param layer how the layer is known so far: a digest, or where it comes from
   */
  public LayerFormatException(String layer, TarFormatException entry) {
    super("layer " + layer + ": " + entry.getMessage(), entry);
    this.layer = layer;
    this.entry = entry.entry();
    this.offset = entry.offset();
  }

  /** Returns how the layer is known: a digest, or where it comes from. */
  public String layer() {
    return layer;
  }

  /** Returns the name of the entry as far as it is known, or an empty string. */
  public String entry() {
    return entry;
  }

  /** Returns where the entry's first header begins in the uncompressed layer. */
  public long offset() {
    return offset;
  }
}
