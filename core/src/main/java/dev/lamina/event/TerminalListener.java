// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows a build on a terminal, the way {@code docker build} does: a line a step with the time it
 * takes, the last lines a running step wrote below it, all of it redrawn in place. When the build
 * is over the steps stay on the screen; of a step that failed, its last lines do too.
 *
 * <p>It draws when something happens, at most about ten times a second, and writes with ANSI escape
 * sequences. Not for two builds at once.
 */
public final class TerminalListener implements BuildListener, BuildEvent.Visitor {
  private static final int LOG_LINES = 6;
  private static final long REDRAW_NANOS = 100_000_000;
  private static final String CLEAR_TO_END = "\u001b[J";

  private final Appendable out;
  private final int columns;
  private final int rows;
  private final LongSupplier clock;
  private final Map<StepInfo, Row> steps = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final long start;
  private long lastDraw;
  private int drawn;
  private int total;

  private static final class Row {
    final StepInfo step;
    final long start;
    final Deque<String> lines = new ArrayDeque<>();
    String state = "";
    String note = "";

    Row(StepInfo step, long start) {
      this.step = step;
      this.start = start;
    }

    boolean isRunning() {
      return state.isEmpty();
    }
  }

  /**
   * Makes a listener for a terminal of a size.
   *
   * @param out the terminal
   * @param columns its width in characters
   * @param rows its height in lines: no more are redrawn
   */
  public TerminalListener(Appendable out, int columns, int rows) {
    this(out, columns, rows, System::nanoTime);
  }

  TerminalListener(Appendable out, int columns, int rows, LongSupplier nanoClock) {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException("terminal of " + columns + " × " + rows);
    }
    this.out = out;
    this.columns = columns;
    this.rows = rows;
    this.clock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.lastDraw = start - REDRAW_NANOS;
  }

  @Override
  public void on(BuildEvent event) {
    event.accept(this);
  }

  @Override
  public void planned(BuildEvent.Planned event) {
    total = event.steps().size();
    draw("Building");
  }

  @Override
  public void stepStarted(BuildEvent.StepStarted event) {
    row(event.step()).note = event.reason();
    drawIfDue();
  }

  @Override
  public void stepLog(BuildEvent.StepLog event) {
    Row row = row(event.step());
    row.lines.addLast(event.line());
    if (row.lines.size() > LOG_LINES) {
      row.lines.removeFirst();
    }
    drawIfDue();
  }

  @Override
  public void stepProgress(BuildEvent.StepProgress event) {
    row(event.step()).note = event.subject() + " " + amount(event.bytes());
    drawIfDue();
  }

  @Override
  public void stepCached(BuildEvent.StepCached event) {
    row(event.step()).state = "CACHED";
    drawIfDue();
  }

  @Override
  public void stepDone(BuildEvent.StepDone event) {
    row(event.step()).state = seconds(event.duration().toNanos());
    drawIfDue();
  }

  @Override
  public void stepFailed(BuildEvent.StepFailed event) {
    row(event.step()).state = "ERROR";
    draw("Building");
  }

  @Override
  public void warning(BuildEvent.Warning event) {
    String where = event.line() == 0 ? "" : " (line " + event.line() + ")";
    warnings.add(event.rule() + ": " + event.message() + where);
  }

  @Override
  public void finished(BuildEvent.Finished event) {
    draw("FINISHED");
    warnings.forEach(warning -> write(" ! " + warning + "\n"));
    write(" => " + event.imageId() + "\n");
    event.names().forEach(name -> write(" => named " + name + "\n"));
  }

  @Override
  public void failed(BuildEvent.Failed event) {
    draw("FAILED");
  }

  private Row row(StepInfo step) {
    return steps.computeIfAbsent(step, key -> new Row(key, clock.getAsLong()));
  }

  private void drawIfDue() {
    if (clock.getAsLong() - lastDraw >= REDRAW_NANOS) {
      draw("Building");
    }
  }

  private void draw(String title) {
    lastDraw = clock.getAsLong();
    List<String> lines = lines(title);
    int first = Math.max(0, lines.size() - rows + 1);
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append('\r').append(CLEAR_TO_END);
    for (String line : lines.subList(first, lines.size())) {
      text.append(line).append('\n');
    }
    drawn = lines.size() - first;
    write(text.toString());
  }

  private List<String> lines(String title) {
    long done = steps.values().stream().filter(row -> !row.isRunning()).count();
    List<String> lines = new ArrayList<>();
    String elapsed = seconds(clock.getAsLong() - start);
    lines.add("[+] " + title + " " + elapsed + " (" + done + "/" + total + ")");
    for (Row row : steps.values()) {
      String state = row.isRunning() ? seconds(clock.getAsLong() - row.start) : row.state;
      lines.add(line(" => " + row.step.label(), state));
      boolean showsLines = row.isRunning() || row.state.equals("ERROR");
      if (row.isRunning() && row.lines.isEmpty() && !row.note.isEmpty()) {
        lines.add(line(" => => " + row.note, ""));
      }
      if (showsLines) {
        row.lines.forEach(text -> lines.add(line(" => => # " + text, "")));
      }
    }
    return lines;
  }

  private String line(String left, String right) {
    String safe = left.replaceAll("\\p{Cntrl}", " ");
    int room = Math.max(1, columns - right.length() - 1);
    String cut = safe.length() > room ? safe.substring(0, room) : safe;
    return right.isEmpty() ? cut : cut + " ".repeat(room - cut.length()) + right;
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1fs", Duration.ofNanos(nanos).toNanos() / 1e9);
  }

  private static String amount(long bytes) {
    return bytes < 10_000_000
        ? bytes / 1_000 + " kB"
        : String.format(Locale.ROOT, "%d MB", bytes / 1_000_000);
  }

  private void write(String text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
