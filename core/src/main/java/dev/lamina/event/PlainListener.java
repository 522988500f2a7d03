// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Writes a build's events as lines of text, the way {@code docker build --progress=plain} does: a
 * block a step, headed by {@code #4 [build 2/3] RUN make} and ended by {@code #4 DONE 1.2s}, {@code
 * #4 CACHED} or {@code #4 ERROR: …}. Where steps run side by side, the heading is repeated each
 * time the output turns to another step.
 *
 * <p>It writes a line feed after each line and never flushes or closes what it writes to. Not for
 * two builds at once.
 */
public final class PlainListener implements BuildListener, BuildEvent.Visitor {
  private static final int NONE = -1;

  private final Appendable out;
  private int current = NONE;
  private String subject = "";

  /** Makes a listener that writes to {@code out}. */
  public PlainListener(Appendable out) {
    this.out = out;
  }

  @Override
  public void on(BuildEvent event) {
    event.accept(this);
  }

  @Override
  public void stepStarted(BuildEvent.StepStarted event) {
    turnTo(event.step());
    if (!event.reason().isEmpty()) {
      line(event.step(), "not cached: " + event.reason());
    }
  }

  @Override
  public void stepLog(BuildEvent.StepLog event) {
    turnTo(event.step());
    line(event.step(), seconds(event.elapsed(), 3) + " " + event.line());
  }

  @Override
  public void stepProgress(BuildEvent.StepProgress event) {
    turnTo(event.step());
    if (!event.subject().equals(subject)) { // one line each: plain output has none to redraw
      subject = event.subject();
      line(event.step(), subject);
    }
  }

  @Override
  public void stepCached(BuildEvent.StepCached event) {
    turnTo(event.step());
    end(event.step(), "CACHED");
  }

  @Override
  public void stepDone(BuildEvent.StepDone event) {
    turnTo(event.step());
    end(event.step(), "DONE " + seconds(event.duration(), 1) + "s");
  }

  @Override
  public void stepFailed(BuildEvent.StepFailed event) {
    turnTo(event.step());
    end(event.step(), "ERROR: " + event.message());
  }

  @Override
  public void warning(BuildEvent.Warning event) {
    String where = event.line() == 0 ? "" : " (line " + event.line() + ")";
    write("WARNING: " + event.rule() + ": " + event.message() + where + "\n");
  }

  @Override
  public void finished(BuildEvent.Finished event) {
    write("built " + event.imageId() + " in " + seconds(event.duration(), 1) + "s\n");
    event.names().forEach(name -> write("named " + name + "\n"));
  }

  private void turnTo(StepInfo step) {
    if (current != step.id()) {
      write((current == NONE ? "" : "\n") + "#" + step.id() + " " + step.label() + "\n");
      current = step.id();
      subject = "";
    }
  }

  private void end(StepInfo step, String how) {
    line(step, how);
    write("\n");
    current = NONE;
  }

  private void line(StepInfo step, String text) {
    write("#" + step.id() + " " + text + "\n");
  }

  private static String seconds(Duration duration, int decimals) {
    return BigDecimal.valueOf(duration.toNanos(), 9)
        .setScale(decimals, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private void write(String text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
