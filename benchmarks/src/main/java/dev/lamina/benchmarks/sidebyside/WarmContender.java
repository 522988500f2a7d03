// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import com.google.gson.Gson;
import dev.lamina.benchmarks.profile.Profile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lamina in a JVM that runs already and has done the work before: a {@link Worker}. */
final class WarmContender implements Contender {
  /** At least, of processor time: on a busy machine the compilers get as far as on another. */
  private static final double WARM_UP_SECONDS = 5;

  private static final double MOST_WARM_UP_SECONDS = 15;
  private static final int WARM_UP_RUNS = 5_000;

  /** Below this share of the processor time the compilers have done what they can. */
  private static final double COMPILING = 0.05;

  private static final double MEASURED_SECONDS = 0.3;

  private final Step preparation;
  private final List<String> words;
  private final Answer answer;
  private final Step cleanUp;
  private final Gson gson = new Gson();
  private final Process process;
  private final BufferedReader replies;
  private final Writer tasks;
  private int repeats = 1;

  private WarmContender(
      Process process, Step preparation, List<String> words, Answer answer, Step cleanUp) {
    this.process = process;
    this.preparation = preparation;
    this.words = words;
    this.answer = answer;
    this.cleanUp = cleanUp;
    this.replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.tasks = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts the JVM and does the task until it is warm. Short tasks are done several times in a run,
   * each after what is to be prepared, and their mean counts.
   */
  static WarmContender start(
      Lamina lamina, Step preparation, List<String> words, Answer answer, Step cleanUp)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(lamina.worker()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    WarmContender contender = new WarmContender(process, preparation, words, answer, cleanUp);
    try {
      contender.warmUp();
      return contender;
    } catch (IOException | InterruptedException e) {
      contender.close();
      throw e;
    }
  }

  /** Works until the compilers are quiet, or so long that a program would not wait for them. */
  private void warmUp() throws IOException, InterruptedException {
    double taken = 0;
    double wall = 0;
    double window = 0;
    double compiling = 0;
    for (int i = 0; i < WARM_UP_RUNS && taken < MOST_WARM_UP_SECONDS; i++) {
      preparation.run();
      Worker.Reply reply = order(words, 1);
      wall = reply.wall() / 1e9;
      taken += reply.cpu() / 1e9;
      window += reply.cpu();
      compiling += reply.compiling();
      if (window > 1e9) {
        if (taken >= WARM_UP_SECONDS && compiling < COMPILING * window) {
          break;
        }
        window = 0;
        compiling = 0;
      }
    }
    repeats = Math.max(1, (int) (MEASURED_SECONDS / wall));
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    preparation.run();
  }

  @Override
  public Cost run() throws IOException, InterruptedException {
    ProcessTable.forgetPeak(process.pid());
    int orders = preparation == NOTHING ? 1 : repeats;
    long cpu = 0;
    long wall = 0;
    for (int i = 0; i < orders; i++) {
      if (i > 0) {
        preparation.run();
      }
      Worker.Reply reply = order(words, repeats / orders);
      cpu += reply.cpu();
      wall += reply.wall();
    }
    double nanos = 1e9 * orders;
    return new Cost(cpu / nanos, wall / nanos, ProcessTable.peakMemory(process.pid()));
  }

  /**
   * Works for so much processor time, and returns where it went.
   *
   * @param file for the JVM to write to
   * @param calm what is done before each run
   */
  Profile profile(Path file, double seconds, Step calm) throws IOException, InterruptedException {
    var unusedStart = order(List.of(Worker.LOOK), 1);
    int times = preparation == NOTHING ? repeats : 1;
    for (double taken = 0; taken < seconds; ) {
      preparation.run();
      calm.run();
      taken += order(words, times).cpu() / 1e9 * times;
    }
    var unusedEnd = order(List.of(Worker.TELL, file.toString()), 1);
    return gson.fromJson(Files.readString(file), Profile.class);
  }

  private Worker.Reply order(List<String> what, int times) throws IOException {
    tasks.write(gson.toJson(new Worker.Order(what, times)) + "\n");
    tasks.flush();
    String line = replies.readLine();
    if (line == null) {
      throw new IOException("the JVM ended");
    }
    Worker.Reply reply = gson.fromJson(line, Worker.Reply.class);
    if (!reply.problem().isEmpty()) {
      throw new IOException(reply.problem());
    }
    return reply;
  }

  @Override
  public String answer() throws IOException, InterruptedException {
    return answer.get();
  }

  @Override
  public long size() throws IOException {
    return answer.size();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // Its CPU time is added to this JVM's when it has ended: not while another side is measured.
    int unused = process.destroyForcibly().waitFor();
    cleanUp.run();
  }
}
