// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import dev.lamina.event.BuildListener;

/** Tells a listener one event at a time, whichever thread it comes from. */
final class Events {
  private final BuildListener listener;

  Events(BuildListener listener) {
    this.listener = listener;
  }

  /** Returns whether anyone hears what is told. */
  boolean areHeard() {
    return listener != BuildListener.none();
  }

  synchronized void tell(BuildEvent event) {
    listener.on(event);
  }
}
