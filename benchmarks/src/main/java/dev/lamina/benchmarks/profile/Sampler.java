// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.profile;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every few milliseconds at what this JVM's threads do, and counts for it the CPU time that
 * each has taken since it was looked at before. A thread that waits counts for nothing: what it
 * took before it began to wait is shared out among what was seen.
 *
 * <p>The JDK's Flight Recorder would not do: it sees nothing of SHA-256, whose machine code it
 * can't walk out of, and of threads in the kernel one at a time, waiting or not. Here a thread is
 * seen at the next point where it may be stopped, which is soon enough for parts as large as these.
 */
public final class Sampler {
  /** What a JVM needs in which SHA-256 is to be seen: a place to stop that follows it at once. */
  public static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=dontinline,sun.security.provider.DigestBase::engineUpdate");

  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int DEPTH = 100;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<String, Long> parts = new HashMap<>();
  private final ThreadTimes before;
  private final Thread thread = new Thread(this::sample, "sampler");
  private Map<Long, Long> taken = Map.of();
  private volatile boolean ended;
  private long own;

  private Sampler(ThreadTimes before) {
    this.before = before;
    this.taken = times(infos());
  }

  /** Begins to look. */
  public static Sampler start() throws IOException {
    Sampler sampler = new Sampler(ThreadTimes.now());
    sampler.thread.setDaemon(true);
    sampler.thread.start();
    return sampler;
  }

  /** Ends, and returns what was seen. */
  public Profile stop() throws IOException, InterruptedException {
    ThreadTimes times = ThreadTimes.now().since(before);
    ended = true;
    thread.join();
    return Profile.of(parts, times, own);
  }

  private void sample() {
    while (!ended) {
      LockSupport.parkNanos(PERIOD);
      List<ThreadInfo> infos = infos();
      Map<Long, Long> now = times(infos);
      for (ThreadInfo info : infos) {
        long id = info.getThreadId();
        long nanos = now.getOrDefault(id, 0L) - taken.getOrDefault(id, 0L);
        if (nanos > 0 && id != thread.getId() && info.getThreadState() == Thread.State.RUNNABLE) {
          long unused = parts.merge(Part.of(info.getStackTrace()), nanos, Long::sum);
        }
      }
      taken = now;
    }
    own = threads.getThreadCpuTime(thread.getId());
  }

  private List<ThreadInfo> infos() {
    return List.of(threads.dumpAllThreads(false, false, DEPTH));
  }

  private Map<Long, Long> times(List<ThreadInfo> infos) {
    long[] ids = infos.stream().mapToLong(ThreadInfo::getThreadId).toArray();
    long[] nanos = threads.getThreadCpuTime(ids);
    Map<Long, Long> times = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      times.put(ids[i], nanos[i]);
    }
    return times;
  }
}
