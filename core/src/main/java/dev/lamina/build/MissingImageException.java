// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.spi.StepException;

/**
 * An image that a build starts from or copies from, and that its store doesn't have. A build that
 * fails for it has it as the cause of its {@link BuildException}, which says where.
 */
public final class MissingImageException extends StepException {
  private static final long serialVersionUID = 1;

  private final transient ImageReference reference;

  /** Makes an exception for an image that is not there. */
  public MissingImageException(ImageReference reference) {
    super(
        reference.familiar()
            + ": no such image in the store; load it from an archive, import it from a root file"
            + " system, pull it, or let the builder pull what is missing");
    this.reference = reference;
  }

  /** Makes an exception for an image that is there, but for another platform. */
  MissingImageException(ImageReference reference, Platform wanted, Platform found) {
    super(
        reference.familiar()
            + ": the store has it for "
            + found
            + ", not for "
            + wanted
            + "; pull it for that platform, or let the builder pull what is missing");
    this.reference = reference;
  }

  /** Returns the image's name. */
  public ImageReference reference() {
    return reference;
  }
}
