// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lamina in a JVM that runs already and has done the work before: a {@link Worker}. */
final class WarmContender implements Contender {
  /** Of processor time: on a busy machine the compilers get as far as on another. */
  private static final double WARM_UP_SECONDS = 5;

  private static final int WARM_UP_RUNS = 1_000;
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
      double taken = 0;
      double last = 0;
      for (int i = 0; i < WARM_UP_RUNS && taken < WARM_UP_SECONDS; i++) {
        contender.prepare();
        Cost cost = contender.run();
        last = cost.wall();
        taken += cost.cpu();
      }
      contender.repeats = Math.max(1, (int) (MEASURED_SECONDS / last));
      return contender;
    } catch (IOException | InterruptedException e) {
      contender.close();
      throw e;
    }
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
      Worker.Reply reply = order(repeats / orders);
      cpu += reply.cpu();
      wall += reply.wall();
    }
    double nanos = 1e9 * orders;
    return new Cost(cpu / nanos, wall / nanos, ProcessTable.peakMemory(process.pid()));
  }

  private Worker.Reply order(int times) throws IOException {
    tasks.write(gson.toJson(new Worker.Order(words, times)) + "\n");
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
    process.destroyForcibly();
    cleanUp.run();
  }
}
