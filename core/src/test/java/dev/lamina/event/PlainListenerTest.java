// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlainListenerTest {
  private static final StepInfo COPY = new StepInfo(1, "build", 1, 2, "COPY . /src", 2);
  private static final StepInfo RUN = new StepInfo(2, "build", 2, 2, "RUN make", 3);

  private final StringBuilder out = new StringBuilder();
  private final PlainListener listener = new PlainListener(out);

  private void hear(BuildEvent... events) {
    List.of(events).forEach(listener::on);
  }

  @Test
  void writesABlockAStep() {
    hear(
        new BuildEvent.Planned(List.of(COPY, RUN)),
        new BuildEvent.StepCached(COPY),
        new BuildEvent.StepStarted(RUN, "file Makefile changed"),
        new BuildEvent.StepLog(RUN, LogStream.STDOUT, "cc main.c", Duration.ofMillis(120)),
        new BuildEvent.StepDone(RUN, Duration.ofMillis(1_240)),
        new BuildEvent.Finished("sha256:ab", List.of("app:1"), Duration.ofSeconds(2)));
    assertThat(out)
        .hasToString(
            """
            #1 [build 1/2] COPY . /src
            #1 CACHED

            #2 [build 2/2] RUN make
            #2 not cached: file Makefile changed
            #2 0.120 cc main.c
            #2 DONE 1.2s

            built sha256:ab in 2.0s
            named app:1
            """);
  }

  @Test
  void repeatsTheHeadingWhenItTurnsToAnotherStep() {
    hear(
        new BuildEvent.StepStarted(COPY, ""),
        new BuildEvent.StepStarted(RUN, ""),
        new BuildEvent.StepLog(RUN, LogStream.STDERR, "warning", Duration.ofSeconds(1)),
        new BuildEvent.StepFailed(COPY, Duration.ofSeconds(3), "no such file"));
    assertThat(out)
        .hasToString(
            """
            #1 [build 1/2] COPY . /src

            #2 [build 2/2] RUN make
            #2 1.000 warning

            #1 [build 1/2] COPY . /src
            #1 ERROR: no such file

            """);
  }

  @Test
  void writesALineForWhatIsMovedHoweverOftenItIsTold() {
    hear(
        new BuildEvent.StepProgress(COPY, "a.tar", 1, OptionalLong.of(3)),
        new BuildEvent.StepProgress(COPY, "a.tar", 2, OptionalLong.of(3)),
        new BuildEvent.StepProgress(COPY, "b.tar", 3, OptionalLong.empty()));
    assertThat(out).hasToString("#1 [build 1/2] COPY . /src\n#1 a.tar\n#1 b.tar\n");
  }

  @Test
  void saysWhereAWarningIs() {
    hear(new BuildEvent.Warning("UndefinedVar", "no $X", 7));
    assertThat(out).hasToString("WARNING: UndefinedVar: no $X (line 7)\n");
  }
}
