// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import dev.lamina.event.BuildListener;
import java.util.ArrayList;
import java.util.List;

/** What became of each step of a build, in words: {@code COPY a /: cached}. */
final class Steps implements BuildListener, BuildEvent.Visitor {
  private final List<String> lines = new ArrayList<>();

  @Override
  public void on(BuildEvent event) {
    event.accept(this);
  }

  @Override
  public void stepCached(BuildEvent.StepCached event) {
    lines.add(event.step().text() + ": cached");
  }

  @Override
  public void stepStarted(BuildEvent.StepStarted event) {
    lines.add(event.step().text() + ": " + event.reason());
  }

  List<String> lines() {
    return lines;
  }
}
