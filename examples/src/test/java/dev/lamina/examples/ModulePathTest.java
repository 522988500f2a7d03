// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.archive.DockerArchive;
import dev.lamina.build.BuildException;
import dev.lamina.examples.instructions.JavaApp;
import java.io.File;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lamina's jars as modules: what isn't exported or provided to others is missed only there. */
class ModulePathTest {
  private static List<String> classPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
  }

  private static String fileName(String entry) {
    return Path.of(entry).getFileName().toString();
  }

  @Test
  void imagesAreBuiltOnTheModulePath() throws Exception {
    List<String> modules =
        classPath().stream()
            .filter(e -> fileName(e).matches("(lamina|gson|guava|failureaccess|commons)-.*\\.jar"))
            .toList();
    assumeTrue(
        modules.stream().anyMatch(entry -> fileName(entry).startsWith("lamina-core-")),
        "needs jars with module-info, as mvn verify makes them");
    String own =
        classPath().stream()
            .filter(entry -> Files.isDirectory(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-p",
                String.join(File.pathSeparator, modules),
                "--add-modules",
                "dev.lamina",
                "-cp",
                own,
                ModulePathTest.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> said = child.inputReader().lines().toList();
    assertThat(said)
        .containsExactly(
            "module dev.lamina",
            "Dockerfile:2: JAVA_APP: unknown flag --usr (did you mean user?)",
            "hello",
            "the same");
    assertThat(child.waitFor()).isZero();
  }

  /** The child. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(ImageBuilder.class.getModule());
    try (ImageStore store = ImageStore.inMemory();
        ImageStore other = ImageStore.inMemory()) {
      try {
        Image unused =
            ImageBuilder.fromText("FROM scratch\nJAVA_APP --usr=1 app.jar\n")
                .define("JAVA_APP", new JavaApp())
                .store(store)
                .build();
      } catch (BuildException e) {
        System.out.println(e.getMessage());
      }
      Image image =
          ImageBuilder.fromText("FROM scratch\nCOPY <<a /a\nhello\na\n").store(store).build();
      try (FileSystem files = image.fileSystem()) {
        System.out.print(Files.readString(Path.of(files.getPath("/a").toUri())));
      }
      Path archive = Files.createTempFile("module-path", ".tar");
      image.writeTo(DockerArchive.at(archive));
      System.out.println(
          other.load(archive).get(0).id().equals(image.id()) ? "the same" : "another");
      Files.delete(archive);
    }
  }
}
