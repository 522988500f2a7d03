// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples.instructions;

import dev.lamina.dockerfile.Custom;
import dev.lamina.fs.Content;
import dev.lamina.spi.CustomArguments;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.LayerWork;
import dev.lamina.spi.StepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code JAVA_APP [--from=STAGE] [--user=UID] JAR [FOLDER]}: takes a Spring Boot jar, or a plain
 * one, apart into three layers, what changes seldom below what changes often, and starts it.
 *
 * <p>Each layer depends on its own part of the jar only, and its files have a fixed time: after a
 * change in a class, the cache answers for the dependencies, and a registry gets the classes alone.
 */
public final class JavaApp implements InstructionExecutor<Custom> {
  private static final FileTime TIME = FileTime.from(Instant.ofEpochSecond(1));

  @Override
  public void plan(Custom instruction, StepContext step) throws IOException {
    CustomArguments arguments = CustomArguments.of(instruction, step, "from", "user");
    arguments.require(1, 2, "JAVA_APP [--from=STAGE] [--user=UID] JAR [FOLDER]");
    String jar = arguments.words().get(0);
    String folder = arguments.words().size() > 1 ? arguments.words().get(1) : "/app";
    Optional<String> from = arguments.flag("from");
    FileSource source = from.isPresent() ? step.source(from.get()) : step.buildContext();
    source.need(jar);

    step.perform("WORKDIR " + folder);
    for (JarPart part : JarPart.values()) {
      step.layer("JAVA_APP " + part + " of " + jar, new Layer(part, source, jar, folder));
    }
    arguments.flag("user").ifPresent(user -> step.config(step.config().withUser(user)));
    step.perform("ENTRYPOINT [\"java\", \"@" + folder + "/main\"]");
  }

  private record Layer(JarPart part, FileSource source, String jar, String folder)
      implements LayerWork {

    @Override
    public void declare(LayerInputs inputs) throws IOException, InterruptedException {
      inputs.add("folder", folder);
      for (Map.Entry<String, byte[]> file : files(inputs.path(source, jar)).entrySet()) {
        inputs.add("file " + file.getKey(), inputs.digest(Content.of(file.getValue())));
      }
    }

    @Override
    public void execute(LayerContext layer) throws IOException, InterruptedException {
      Path root = layer.path(folder);
      for (Map.Entry<String, byte[]> file : files(layer.path(source, jar)).entrySet()) {
        Path target = root.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
        Files.setLastModifiedTime(target, TIME);
      }
      try (Stream<Path> all = Files.walk(root)) {
        for (Path each : all.filter(Files::isDirectory).toList()) {
          Files.setLastModifiedTime(each, TIME);
        }
      }
    }

    private Map<String, byte[]> files(Path file) throws IOException {
      return part.read(file, folder);
    }
  }
}
