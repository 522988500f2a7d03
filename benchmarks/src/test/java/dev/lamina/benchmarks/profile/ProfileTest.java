// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProfileTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void partsShareWhatJavasThreadsTook() {
    ThreadTimes times = new ThreadTimes(8 * SECOND, SECOND, 0, SECOND);

    Profile profile = Profile.of(Map.of("SHA-256", 3L, "tar", 1L), times, 0);

    assertThat(profile.seconds()).isEqualTo(10);
    assertThat(profile.shares().get("SHA-256")).isCloseTo(0.6, within(1e-9));
    assertThat(profile.shares().get("tar")).isCloseTo(0.2, within(1e-9));
    assertThat(profile.shares().get("processes that are started")).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void oneWhoLooksDoesNotCount() {
    ThreadTimes times = new ThreadTimes(5 * SECOND, 0, 0, 0);

    assertThat(Profile.of(Map.of("tar", SECOND), times, 3 * SECOND))
        .returns(2.0, Profile::seconds)
        .returns(0.5, Profile::seen);
  }

  @Test
  void tableSumsUpWhatIsSmall() {
    ThreadTimes times = new ThreadTimes(SECOND, 0, 0, 0);

    assertThat(Profile.of(Map.of("SHA-256", 991L, "tar", 5L, "json", 4L), times, 0).table())
        .isEqualTo(
            """
            | part | share of CPU |
            |---|---:|
            | SHA-256 | 99 % |
            | less than 1 % each | 1 % |
            """);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "threads are told apart by /proc")
  void samplerSeesWhatAThreadSpendsItsTimeWith() throws Exception {
    Sampler sampler = Sampler.start();
    deflateFor(TimeUnit.MILLISECONDS.toNanos(300));

    assertThat(sampler.stop().shares().get("deflating (zlib)")).isGreaterThan(0.1);
  }

  private static void deflateFor(long nanos) {
    var threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + nanos;
    byte[] out = new byte[1 << 16];
    while (threads.getCurrentThreadCpuTime() < end) {
      Deflater deflater = new Deflater(9);
      deflater.setInput(new byte[1 << 16]);
      deflater.finish();
      int unused = deflater.deflate(out);
      deflater.end();
    }
  }
}
