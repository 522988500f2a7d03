// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.ChildJvm;
import dev.lamina.Samples;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own that fills a store, and says of each image when it is there. */
final class StoreChild {
  private StoreChild() {}

  /** Starts a child. Its standard output has a line for each name that it was told is given. */
  static Process start(Path store, String prefix, int images, boolean pruning) throws Exception {
    List<String> command =
        ChildJvm.command(StoreChild.class, List.of("-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(List.of(store.toString(), prefix, images + "", pruning + ""));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Runs the child. */
  public static void main(String[] arguments) throws Exception {
    String prefix = arguments[1];
    PrintStream out = System.out;
    try (LocalStore store = LocalStore.open(Path.of(arguments[0]))) {
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        String name = prefix + ":" + i;
        Samples.named(
            store,
            name,
            Samples.file("/shared", Samples.noise(50_000, i)),
            Samples.file("/own", prefix + i));
        out.println(name);
        out.flush();
        if (Boolean.parseBoolean(arguments[3]) && i % 3 == 2) {
          PruneReport unused = store.prune();
        }
      }
      out.println("done");
      out.flush();
    }
  }
}
