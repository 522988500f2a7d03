// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Explains after a build which steps the cache answered, and for the others why it could not.
 *
 * <pre>{@code
 * CacheExplanation why = new CacheExplanation();
 * builder.listener(why).build();
 * System.out.println(why); // COPY src /app: Main.java changed
 * }</pre>
 *
 * <p>For one build; safe for use by several threads.
 */
public final class CacheExplanation implements BuildListener, BuildEvent.Visitor {
  private final List<Answer> answers = new ArrayList<>(); // guarded by this

  /** Makes a listener that has heard nothing yet. */
  public CacheExplanation() {}

  /**
   * What came of looking a step up.
   *
   * @param step which step
   * @param isHit whether the cache had its layer
   * @param reason on a miss, the first input that differs from the nearest earlier build; {@code
   *     ""} if there was none
   */
  public record Answer(StepInfo step, boolean isHit, String reason) {
    /** Returns the answer as a sentence: {@code RUN make: build argument VERSION was 1.3}. */
    @Override
    public String toString() {
      String why = reason.isEmpty() ? "it was not built before" : reason;
      return step.text() + ": " + (isHit ? "cached" : why);
    }
  }

  @Override
  public void on(BuildEvent event) {
    event.accept(this);
  }

  @Override
  public synchronized void stepCached(BuildEvent.StepCached event) {
    answers.add(new Answer(event.step(), true, ""));
  }

  @Override
  public synchronized void stepStarted(BuildEvent.StepStarted event) {
    answers.add(new Answer(event.step(), false, event.reason()));
  }

  /** Returns the answers so far, in the order in which the steps were reached. */
  public synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** Returns the answers, one a line. */
  @Override
  public String toString() {
    return answers().stream().map(Answer::toString).collect(Collectors.joining("\n"));
  }
}
