// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes on their way into a store. Closing it before it is published throws them away. */
abstract class Staged extends OutputStream {
  /** Puts the bytes under a name, in place of what was there, all at once. */
  abstract void publish(Area area, String name) throws IOException;

  @Override
  public final void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }
}
