// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * One thing that happened in a build.
 *
 * <p>A build tells {@link Planned} first and {@link Finished} or {@link Failed} last. Between them
 * each step that is reached tells either {@link StepCached} alone, or {@link StepStarted}, any
 * number of {@link StepLog} and {@link StepProgress}, then {@link StepDone} or {@link StepFailed}.
 * Steps of independent stages interleave. If another process prunes layers that the build has found
 * but not used yet, it tells a {@link Warning} and starts over, with {@link Planned}.
 *
 * <p>Secrets never stand in an event, except where a command printed one itself.
 */
public sealed interface BuildEvent {

  /** Calls the visitor's method for this event. */
  void accept(Visitor visitor);

  /**
   * The build is about to start.
   *
   * @param steps the steps that touch files, in the order of their ids
   */
  record Planned(List<StepInfo> steps) implements BuildEvent {
    /** Copies the list. */
    public Planned {
      steps = List.copyOf(steps);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.planned(this);
    }
  }

  /**
   * A step is being executed.
   *
   * @param step which
   * @param reason why the cache could not answer it, in words for a person: the first input that
   *     differs from the nearest earlier build
   */
  record StepStarted(StepInfo step, String reason) implements BuildEvent {
    /** Checks that nothing is missing. */
    public StepStarted {
      requireNonNull(step);
      requireNonNull(reason);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.stepStarted(this);
    }
  }

  /**
   * A process of a step wrote a line.
   *
   * @param step which step
   * @param stream where the process wrote it to
   * @param line the text, without its line end
   * @param elapsed how long after the step's start
   */
  record StepLog(StepInfo step, LogStream stream, String line, Duration elapsed)
      implements BuildEvent {
    /** Checks that nothing is missing. */
    public StepLog {
      requireNonNull(step);
      requireNonNull(stream);
      requireNonNull(line);
      requireNonNull(elapsed);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.stepLog(this);
    }
  }

  /**
   * A step moved bytes.
   *
   * @param step which step
   * @param subject what is moved, in a few words
   * @param bytes how many were moved so far
   * @param total how many there will be, if that is known
   */
  record StepProgress(StepInfo step, String subject, long bytes, OptionalLong total)
      implements BuildEvent {
    /** Checks that nothing is missing. */
    public StepProgress {
      requireNonNull(step);
      requireNonNull(subject);
      requireNonNull(total);
      if (bytes < 0) {
        throw new IllegalArgumentException(subject + ": " + bytes + " bytes");
      }
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.stepProgress(this);
    }
  }

  /**
   * The cache answered a step: it was not executed.
   *
   * @param step which
   */
  record StepCached(StepInfo step) implements BuildEvent {
    /** Checks that nothing is missing. */
    public StepCached {
      requireNonNull(step);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.stepCached(this);
    }
  }

  /**
   * A step was executed and its layer is in the store.
   *
   * @param step which
   * @param duration how long it took
   */
  record StepDone(StepInfo step, Duration duration) implements BuildEvent {
    /** Checks that nothing is missing. */
    public StepDone {
      requireNonNull(step);
      requireNonNull(duration);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.stepDone(this);
    }
  }

  /**
   * A step failed or was cancelled; the build stops.
   *
   * @param step which
   * @param duration how long it ran
   * @param message why, in words for a person
   */
  record StepFailed(StepInfo step, Duration duration, String message) implements BuildEvent {
    /** Checks that nothing is missing. */
    public StepFailed {
      requireNonNull(step);
      requireNonNull(duration);
      requireNonNull(message);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.stepFailed(this);
    }
  }

  /**
   * Something in the Dockerfile is allowed but looks wrong.
   *
   * @param rule the lint rule's name as BuildKit spells it, such as {@code UndefinedVar}
   * @param message what looks wrong
   * @param line where in the Dockerfile, from 1, or 0 if nowhere
   */
  record Warning(String rule, String message, int line) implements BuildEvent {
    /** Checks that nothing is missing. */
    public Warning {
      requireNonNull(rule);
      requireNonNull(message);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.warning(this);
    }
  }

  /**
   * The build gave an image.
   *
   * @param imageId the digest of its config, {@code sha256:…}
   * @param names the references it was tagged with
   * @param duration how long the whole build took
   */
  record Finished(String imageId, List<String> names, Duration duration) implements BuildEvent {
    /** Copies the list and checks that nothing is missing. */
    public Finished {
      requireNonNull(imageId);
      names = List.copyOf(names);
      requireNonNull(duration);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.finished(this);
    }
  }

  /**
   * The build gave no image.
   *
   * @param message why, in words for a person
   * @param duration how long it ran
   */
  record Failed(String message, Duration duration) implements BuildEvent {
    /** Checks that nothing is missing. */
    public Failed {
      requireNonNull(message);
      requireNonNull(duration);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.failed(this);
    }
  }

  /** Acts on the events it overrides the method of, and on no other. */
  interface Visitor {
    /** The build is about to start. */
    default void planned(Planned event) {}

    /** A step is being executed. */
    default void stepStarted(StepStarted event) {}

    /** A process wrote a line. */
    default void stepLog(StepLog event) {}

    /** A step moved bytes. */
    default void stepProgress(StepProgress event) {}

    /** The cache answered a step. */
    default void stepCached(StepCached event) {}

    /** A step was executed. */
    default void stepDone(StepDone event) {}

    /** A step failed. */
    default void stepFailed(StepFailed event) {}

    /** Something looks wrong. */
    default void warning(Warning event) {}

    /** There is an image. */
    default void finished(Finished event) {}

    /** There is no image. */
    default void failed(Failed event) {}
  }
}
