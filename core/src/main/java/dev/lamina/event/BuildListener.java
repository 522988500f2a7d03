// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

/**
 * Hears what happens in a build.
 *
 * <pre>{@code
 * builder.listener(event -> System.err.println(event)).build();
 * builder.listener(new PlainListener(System.err)).build(); // as docker build --progress=plain
 * }</pre>
 *
 * <p>A build tells its events one at a time, in the order they happened, from whichever thread they
 * happened on: a listener needs no lock of its own for one build, and a slow one slows the build
 * down. What it throws stops the build.
 */
@FunctionalInterface
public interface BuildListener {

  /** Hears one event. */
  void on(BuildEvent event);

  /**
   * Returns the listener that does nothing, always the same: what is told for people alone is not
   * looked for then.
   */
  static BuildListener none() {
    return NoListener.NONE;
  }

  /** Returns a listener that tells each event to this one, then to the other. */
  default BuildListener and(BuildListener other) {
    return event -> {
      on(event);
      other.on(event);
    };
  }
}
