// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TerminalListenerTest {
  private static final StepInfo COPY = new StepInfo(1, "", 1, 2, "COPY . /src", 2);
  private static final StepInfo RUN = new StepInfo(2, "", 2, 2, "RUN make", 3);
  private static final Pattern UP = Pattern.compile("\u001b\\[(\\d+)A");

  private final StringBuilder out = new StringBuilder();
  private long now;
  private final TerminalListener listener = new TerminalListener(out, 40, 10, () -> now);

  private void hear(BuildEvent event) {
    now += 1_000_000_000;
    listener.on(event);
  }

  /** What a terminal shows in the end: it knows "go up" and "clear to the end", as used here. */
  private String screen() {
    StringBuilder screen = new StringBuilder();
    Matcher up = UP.matcher(out);
    String[] parts = UP.split(out, -1);
    for (String part : parts) {
      screen.append(part.replace("\r", "").replace("\u001b[J", ""));
      if (up.find()) {
        int lines = Integer.parseInt(up.group(1));
        for (int i = 0; i <= lines; i++) {
          screen.setLength(Math.max(0, screen.lastIndexOf("\n")));
        }
        screen.append(screen.length() == 0 ? "" : "\n");
      }
    }
    return screen.toString();
  }

  @Test
  void keepsALineAStep() {
    hear(new BuildEvent.Planned(List.of(COPY, RUN)));
    hear(new BuildEvent.StepCached(COPY));
    hear(new BuildEvent.StepStarted(RUN, ""));
    hear(new BuildEvent.StepLog(RUN, LogStream.STDOUT, "cc\tmain.c", Duration.ZERO));
    assertThat(screen())
        .isEqualTo(
            """
            [+] Building 4.0s (1/2)
             => [1/2] COPY . /src            CACHED
             => [2/2] RUN make                 1.0s
             => => # cc main.c
            """);
    hear(new BuildEvent.StepDone(RUN, Duration.ofSeconds(2)));
    hear(new BuildEvent.Finished("sha256:ab", List.of("app:1"), Duration.ofSeconds(6)));
    assertThat(screen())
        .isEqualTo(
            """
            [+] FINISHED 6.0s (2/2)
             => [1/2] COPY . /src            CACHED
             => [2/2] RUN make                 2.0s
             => sha256:ab
             => named app:1
            """);
  }

  @Test
  void leavesTheLastLinesOfAFailedStep() {
    hear(new BuildEvent.Planned(List.of(RUN)));
    hear(new BuildEvent.StepStarted(RUN, ""));
    for (int i = 1; i <= 20; i++) {
      hear(new BuildEvent.StepLog(RUN, LogStream.STDOUT, "line " + i, Duration.ZERO));
    }
    hear(new BuildEvent.StepFailed(RUN, Duration.ofSeconds(1), "exit code: 2"));
    hear(new BuildEvent.Failed("exit code: 2", Duration.ofSeconds(1)));
    assertThat(screen()).contains("ERROR", "# line 15", "# line 20").doesNotContain("# line 14");
  }

  @Test
  void drawsNoMoreThanTenTimesASecond() {
    hear(new BuildEvent.StepStarted(RUN, ""));
    int length = out.length();
    for (int i = 0; i < 1_000; i++) {
      listener.on(new BuildEvent.StepLog(RUN, LogStream.STDOUT, "x", Duration.ZERO));
    }
    assertThat(out).hasSize(length);
  }
}
