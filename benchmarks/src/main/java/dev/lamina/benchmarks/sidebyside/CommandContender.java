// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * A contender whose work is commands, one after the other.
 *
 * @param meter measures them
 * @param daemons the names of processes that work for it
 * @param preparation is done before each run
 * @param commands the work
 * @param result looks at what was made
 * @param cleanUp is done in the end
 */
record CommandContender(
    Meter meter,
    Set<String> daemons,
    Step preparation,
    List<List<String>> commands,
    Answer result,
    Step cleanUp)
    implements Contender {
  /** Returns a contender of one command without daemons, which leaves nothing to clean up. */
  static CommandContender of(Meter meter, Step preparation, List<String> command, Answer result) {
    return new CommandContender(meter, Set.of(), preparation, List.of(command), result, NOTHING);
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    preparation.run();
  }

  @Override
  public Cost run() throws IOException, InterruptedException {
    Cost sum = new Cost(0, 0, 0);
    for (List<String> command : commands) {
      sum = sum.plus(meter.run(command, daemons));
    }
    return sum;
  }

  @Override
  public String answer() throws IOException, InterruptedException {
    return result.get();
  }

  @Override
  public long size() throws IOException {
    return result.size();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    cleanUp.run();
  }
}
