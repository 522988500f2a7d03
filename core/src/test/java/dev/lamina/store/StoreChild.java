// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import com.google.gson.JsonObject;
import dev.lamina.Samples;
import dev.lamina.fs.FileTree;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A JVM of its own that fills a store, and says of each image when it is there. */
final class StoreChild {
  private StoreChild() {}

  /** Starts a child. Its standard output has a line for each name that it was told is given. */
  static Process start(Path store, String prefix, int images, boolean pruning) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classPath(), StoreChild.class.getName()));
    command.addAll(List.of(store.toString(), prefix, images + "", pruning + ""));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Where the classes are that a child needs, however this JVM was started. */
  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> each :
        List.of(StoreChild.class, LocalStore.class, FileTree.class, JsonObject.class)) {
      CodeSource source = each.getProtectionDomain().getCodeSource();
      places.add(Path.of(URI.create(source.getLocation().toString())).toString());
    }
    return String.join(File.pathSeparator, places);
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
