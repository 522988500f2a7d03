// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.ChildJvm;
import dev.lamina.Image;
import dev.lamina.ImageStore;
import dev.lamina.Pull;
import dev.lamina.Push;
import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A JVM of its own that moves an image, until it is killed. */
final class TransferChild {
  /** One blob after another, in small pieces. */
  static final int CHUNK = 100_000;

  private TransferChild() {}

  /** Starts a child on a store. */
  static Process start(Path store, String verb, String... arguments) throws Exception {
    List<String> command =
        ChildJvm.command(TransferChild.class, List.of("-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(List.of(verb, store.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static RegistryOptions slowly(RegistryOptions options) {
    return options
        .withOnlyCredentials((registry, repository) -> Optional.empty())
        .withParallelism(1)
        .withChunkSize(CHUNK);
  }

  /**
   * Runs the child: {@code pull}, {@code push}, {@code load} from standard input, {@code save},
   * {@code read}, which says how many files there are.
   */
  public static void main(String[] arguments) throws Exception {
    try (ImageStore store = ImageStore.open(Path.of(arguments[1]))) {
      switch (arguments[0]) {
        case "pull" -> store.pull(Pull.of(arguments[2]).registry(TransferChild::slowly));
        case "push" -> store.push(Push.of(arguments[2]).registry(TransferChild::slowly));
        case "load" -> store.load(DockerArchive.from(System.in));
        case "read" -> System.out.println(store.image(arguments[2]).tree().size());
        default -> save(store, Path.of(arguments[2]), System.out);
      }
    }
  }

  /** Saves the store's images in turn to the same archive and the same layout, without end. */
  private static void save(ImageStore store, Path folder, PrintStream out) throws Exception {
    while (true) {
      for (String name : List.of("shop/one:1", "shop/two:1")) {
        Image image = store.image(name);
        image.writeTo(DockerArchive.at(folder.resolve("docker.tar")));
        image.writeTo(OciLayout.at(folder.resolve("oci.tar")));
        image.writeTo(OciLayout.at(folder.resolve("layout")));
        out.println(name);
        out.flush();
      }
    }
  }
}
