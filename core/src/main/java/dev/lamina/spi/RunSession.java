// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.fs.Changes;
import dev.lamina.layer.Layer;
import java.io.Closeable;
import java.io.IOException;

/** One root with a writable top, and the processes in it. Safe for use by several threads. */
public interface RunSession extends Closeable {

  /**
   * Starts a process.
   *
   * @throws RunException if it cannot be started: the message says why, as the engine said it
   */
  RunningProcess start(ProcessSpec spec, ProcessIo io) throws IOException;

  /**
   * Returns what the session's processes and {@link #apply} changed, against the root the session
   * was opened with. Mounts, the files they needed in order to be mounted, and sockets are not in
   * it. The contents may be files of this session: they can be read until the next process starts
   * or the session is closed.
   */
  Changes changes() throws IOException;

  /** Lays changes made elsewhere over the root; processes started later see them. */
  void apply(Changes changes) throws IOException;

  /**
   * Tells that the changes were written as a layer, to be the next above those of the root; so an
   * engine may keep what it has for sessions to come. Nothing but {@link #close} may be called
   * after it.
   */
  default void committed(Layer layer) throws IOException {}

  /** Ends all processes of the session and removes what it keeps on the host. Idempotent. */
  @Override
  void close() throws IOException;
}
