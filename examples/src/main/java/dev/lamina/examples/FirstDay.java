// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import dev.lamina.Container;
import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import dev.lamina.event.PlainListener;
import dev.lamina.insight.Step;
import dev.lamina.layer.Layer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Docker's first day in one program: builds an image from a Dockerfile, shows what is in it,
 * changes files in a container, commits, and writes archives.
 *
 * <p>Arguments: the folder with the Dockerfile, and the folder for the archives.
 */
public final class FirstDay {
  private final PrintStream out;
  private final Path target;

  private FirstDay(PrintStream out, Path target) {
    this.out = out;
    this.target = target;
  }

  /** Runs the day. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "shop");
    Path target = Path.of(arguments.length > 1 ? arguments[1] : "target/first-day");
    new FirstDay(System.out, target).run(folder);
  }

  private void run(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(target);
    try (ImageStore store = ImageStore.inMemory()) {
      out.println("Building " + folder.resolve("Dockerfile"));
      Image image =
          ImageBuilder.fromDockerfile(folder.resolve("Dockerfile"))
              .store(store)
              .tag("first-day:built")
              .listener(new PlainListener(out))
              .build();
      show(image);
      Image changed = change(image);
      compare(image, changed);
      write(changed);
    }
  }

  private void show(Image image) {
    out.println("\nImage " + image);
    out.println("\nLayers");
    for (Layer layer : image.layers()) {
      out.printf("  %,10d bytes  %s%n", layer.size(), layer.diffId());
    }
    out.println("\nHistory");
    for (Step step : image.history()) {
      out.printf("  %,10d bytes  %s%n", step.size(), step.entry().createdBy());
    }
  }

  private Image change(Image image) throws IOException {
    try (Container box = image.newContainer()) {
      List<Path> files = files(box.path("/"));
      Files.writeString(box.path("/hello"), "world\n");
      if (files.size() > 1) {
        Files.writeString(files.get(0), "changed on the first day\n");
        Files.delete(files.get(1));
      }

      out.println("\nA container, after three changes");
      box.diff().forEach(change -> out.println("  " + change));
      return box.commit("first-day:changed");
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(path -> Files.isRegularFile(path)).sorted().limit(2).toList();
    }
  }

  private void compare(Image image, Image changed) throws IOException {
    out.println("\nIs /hello there?");
    for (Image each : List.of(image, changed)) {
      try (var files = each.fileSystem()) {
        out.println("  " + each + ": " + Files.exists(files.getPath("/hello")));
      }
    }
  }

  private void write(Image image) throws IOException {
    Path layout = target.resolve("layout");
    Path archive = target.resolve("image.tar");
    image.writeTo(OciLayout.at(layout));
    image.writeTo(DockerArchive.at(archive));
    out.println("\nWritten: " + layout + " (OCI layout)");
    out.println("         " + archive + " (docker load -i " + archive + ")");
  }
}
