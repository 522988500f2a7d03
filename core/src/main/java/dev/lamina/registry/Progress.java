// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.event.TransferEvent;
import dev.lamina.event.TransferEvent.Kind;
import dev.lamina.event.TransferListener;
import dev.lamina.oci.Descriptor;
import dev.lamina.stream.CountedInputStream;
import java.io.InputStream;

/** Tells a listener how the blobs of one transfer move. Thread-safe. */
final class Progress {
  /** How many bytes at least between two events of one blob. */
  private static final long STEP = 1 << 20;

  /** Tells nobody. */
  static final Progress NONE = new Progress(TransferListener.none());

  private final TransferListener listener;

  Progress(TransferListener listener) {
    this.listener = listener;
  }

  /** One blob's progress. Thread-safe. */
  final class Of {
    private final Descriptor blob;
    private long bytes; // guarded by this
    private long told; // guarded by this
    private boolean started; // guarded by this

    private Of(Descriptor blob) {
      this.blob = blob;
    }

    /** The blob is there without having been moved by now; nothing is told if it was. */
    synchronized void present(Kind kind) {
      if (!started) {
        tell(kind, 0);
      }
    }

    synchronized void started() {
      if (!started) {
        started = true;
        tell(Kind.STARTED, 0);
      }
    }

    /** Bytes up to this position have been moved; those behind an earlier one count no more. */
    synchronized void reached(long position) {
      started();
      bytes = Math.max(bytes, position);
      if (bytes - told >= STEP) {
        told = bytes;
        tell(Kind.PROGRESS, bytes);
      }
    }

    synchronized void done() {
      started();
      tell(Kind.DONE, blob.size());
    }

    synchronized boolean isStarted() {
      return started;
    }

    private void tell(Kind kind, long soFar) {
      synchronized (listener) {
        listener.on(new TransferEvent(kind, blob.digest().toString(), soFar, blob.size()));
      }
    }

    /** Returns a stream that tells what is read of it. */
    InputStream noting(InputStream in) {
      return new CountedInputStream(in, this::reached);
    }
  }

  Of of(Descriptor blob) {
    return new Of(blob);
  }
}
