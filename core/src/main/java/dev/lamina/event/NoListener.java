// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

/** Hears nothing. */
enum NoListener implements BuildListener {
  NONE;

  @Override
  public void on(BuildEvent event) {}
}
