// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

import static java.util.Objects.requireNonNull;

/**
 * Which step of a build an event is about. Two events with an equal value are about the same step.
 *
 * @param id counts the steps of one build, from 1
 * @param stage the stage's name, or {@code ""} if the build has one stage only
 * @param position which of its stage's steps it is, from 1, counting those that touch files
 * @param total how many such steps its stage has
 * @param text what it does: the instruction with its variables expanded, on one line
 * @param line where its instruction starts in the Dockerfile, from 1, or 0 if it stands in none
 */
public record StepInfo(int id, String stage, int position, int total, String text, int line) {

  /** Checks the numbers and the texts. */
  public StepInfo {
    if (id < 1 || position < 1 || position > total || line < 0) {
      throw new IllegalArgumentException(
          "step " + id + ": " + position + "/" + total + ", line " + line);
    }
    requireNonNull(stage);
    requireNonNull(text);
  }

  /** Returns the step as {@code docker build} prints it, {@code [build 2/4] RUN make}. */
  public String label() {
    String of = Integer.toString(total);
    String place = Integer.toString(position);
    String aligned = " ".repeat(of.length() - place.length()) + place;
    return "[" + (stage.isEmpty() ? "" : stage + " ") + aligned + "/" + of + "] " + text;
  }
}
