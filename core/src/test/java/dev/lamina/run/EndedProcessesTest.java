// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.ChildJvm;
import dev.lamina.Container;
import dev.lamina.Exec;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.build.RunOptions;
import dev.lamina.event.BuildEvent;
import dev.lamina.spi.Probe;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends a command before its time, nothing of it is left. */
class EndedProcessesTest {
  /** A command with a child; both bear a mark. */
  private static final String TREE = "sleep %1$s & echo up; sleep %1$s";

  @TempDir Path folder;
  private final String mark = "7" + System.nanoTime() % 1_000_000_000;

  private static HostEngine engine(String name) {
    return switch (name) {
      case "bubblewrap" -> HostEngine.bubblewrap();
      case "unshare" -> HostEngine.unshare();
      case "fuse" -> HostEngine.unshare().with(List.of(RootKind.FUSE));
      default -> HostEngine.oci(name);
    };
  }

  private String tree() {
    return TREE.formatted(mark);
  }

  /** The processes that bear the mark, the shells that start them among them. */
  private List<ProcessHandle> marked() throws Exception {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .map(process -> process.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .filter(pid -> commandLine(pid).contains(mark))
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
          .toList();
    }
  }

  private static String commandLine(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "cmdline"));
    } catch (IOException e) {
      return ""; // ended meanwhile
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun", "bubblewrap", "unshare", "fuse"})
  void killedJvmLeavesNoProcessAndNoMount(String name) throws Exception {
    Probe probe = engine(name).probe();
    assumeTrue(probe instanceof Probe.Available, () -> "skipped: " + probe);
    List<String> command = ChildJvm.command(EndedProcessesTest.class, List.of("-Xmx128m"));
    command.addAll(List.of(name, folder.toString(), tree()));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<ProcessHandle> processes;
    List<ProcessHandle> helpers;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).isEqualTo("up");
      processes = marked();
      helpers = child.descendants().toList();
      assertThat(processes).isNotEmpty();
    } finally {
      child.destroyForcibly().waitFor();
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    for (List<ProcessHandle> each : List.of(processes, helpers)) {
      for (ProcessHandle process : each) {
        process.onExit().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    }
    assertThat(marked()).isEmpty();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
    for (Path session : sessions()) {
      assertThat(controlGroups(session.getFileName() + "-1")).isEmpty();
    }

    try (RunSession session = engine(name).open(HostPrograms.root(), folder)) {
      EngineContract.Outcome outcome =
          EngineContract.run(session, ProcessSpec.command("true").env(EngineContract.PATH).build());
      assertThat(outcome.code()).isZero();
      assertThat(sessions()).hasSize(1);
    }
    assertThat(sessions()).isEmpty();
  }

  private List<Path> sessions() throws Exception {
    try (Stream<Path> all = Files.find(folder, 3, (path, a) -> a.isDirectory())) {
      return all.filter(path -> path.getParent().endsWith("sessions")).toList();
    }
  }

  private static List<Path> controlGroups(String id) throws Exception {
    try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
      return Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), hierarchies)
          .map(hierarchy -> hierarchy.resolve("lamina").resolve(id))
          .filter(Files::exists)
          .toList();
    }
  }

  /** The JVM that is killed. Arguments: the engine, its folder, a line for the shell. */
  public static void main(String[] arguments) throws Exception {
    RunSession session = engine(arguments[0]).open(HostPrograms.root(), Path.of(arguments[1]));
    ProcessSpec spec =
        ProcessSpec.command("sh", "-c", arguments[2]).env(EngineContract.PATH).build();
    int unused =
        session.start(spec, ProcessIo.lines(System.out::println, System.err::println)).waitFor();
  }

  private static void requireEngine() {
    try {
      assumeTrue(!RunEngines.host().choose().name().isEmpty());
    } catch (NoRunEngineException e) {
      assumeTrue(false, "skipped: " + e.getMessage());
    }
  }

  @Test
  void runThatTakesTooLongIsEndedWithAllItStarted() throws Exception {
    requireEngine();
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      HostPrograms.image(store, folder).tag("tools:1");
      ImageBuilder builder =
          ImageBuilder.fromText("FROM tools:1\nENV PATH=/bin\nRUN " + tree())
              .store(store)
              .runOptions(RunOptions.defaults().withTimeout(Duration.ofMillis(700)));

      assertThatThrownBy(builder::build)
          .hasMessageContaining("Dockerfile:3")
          .hasMessageContaining("was ended: it ran for longer than 700 ms");
      assertThat(marked()).isEmpty();
    }
  }

  @Test
  void interruptedBuildEndsAllItsStepStarted() throws Exception {
    requireEngine();
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      HostPrograms.image(store, folder).tag("tools:1");
      CountDownLatch up = new CountDownLatch(1);
      ImageBuilder builder =
          ImageBuilder.fromText("FROM tools:1\nENV PATH=/bin\nRUN " + tree())
              .store(store)
              .listener(
                  event -> {
                    if (event instanceof BuildEvent.StepLog) {
                      up.countDown();
                    }
                  });
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread building =
          new Thread(
              () -> {
                try {
                  var unused = builder.build();
                } catch (Exception e) {
                  thrown.set(e);
                }
              });
      building.start();
      assertThat(up.await(60, TimeUnit.SECONDS)).isTrue();

      building.interrupt();
      building.join();
      assertThat(thrown.get()).isInstanceOf(Exception.class);
      assertThat(marked()).isEmpty();
    }
  }

  @Test
  void execThatTakesTooLongIsEndedWithAllItStarted() throws Exception {
    requireEngine();
    try (ImageStore store = ImageStore.open(folder.resolve("store"));
        Container box = HostPrograms.image(store, folder).newContainer()) {
      Exec command = Exec.of("sh", "-c", tree()).within(Duration.ofMillis(700));

      assertThatThrownBy(() -> box.exec(command))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("expected an end within 700 ms, found none\nup");
      assertThat(marked()).isEmpty();
      assertThat(box.exec(Exec.of("echo", "on").within(Duration.ofMinutes(1))).output())
          .isEqualTo("on\n");
    }
  }

  @Test
  void interruptedExecIsEndedWithAllItStarted() throws Exception {
    requireEngine();
    try (ImageStore store = ImageStore.open(folder.resolve("store"));
        Container box = HostPrograms.image(store, folder).newContainer()) {
      Thread caller = Thread.currentThread();
      CompletableFuture<Void> interrupter =
          CompletableFuture.runAsync(
              () -> {
                while (!hasMarked()) {
                  Thread.onSpinWait();
                }
                caller.interrupt();
              });

      assertThatThrownBy(() -> box.exec("sh", "-c", tree()))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      interrupter.get();
      assertThat(marked()).isEmpty();
    }
  }

  private boolean hasMarked() {
    try {
      return !marked().isEmpty();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
