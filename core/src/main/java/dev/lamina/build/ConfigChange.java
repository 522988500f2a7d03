// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.ParserOptions;
import dev.lamina.dockerfile.expand.WordExpander;
import dev.lamina.instruction.DockerInstructions;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.Platform;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.LayerWork;
import dev.lamina.spi.StepCommand;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Instructions that change how containers are run and nothing else, as {@code docker commit
 * --change} takes them.
 */
public final class ConfigChange {
  private static final Set<String> ALLOWED =
      Set.of(
          "CMD",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "HEALTHCHECK",
          "LABEL",
          "ONBUILD",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private ConfigChange() {}

  /**
   * Returns a configuration as some instructions leave it.
   *
   * @param instructions each as a Dockerfile has it; variables are those of the configuration
   * @throws StepException if it is another than those Docker allows, or can't be carried out
   */
  public static ContainerConfig apply(
      List<String> instructions, ContainerConfig config, Platform platform) throws IOException {
    Place place = new Place(config, platform);
    for (String text : instructions) {
      String keyword = text.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
      if (!ALLOWED.contains(keyword)) {
        throw new StepException(
            keyword.isEmpty()
                ? "change: expected an instruction, found none"
                : keyword + " is not a valid change command");
      }
      try {
        Instruction instruction = Instruction.parse(text, ParserOptions.defaults());
        DockerInstructions.plan(place.scope.expand(instruction, Place.ESCAPE), place, Map.of());
        place.before.add(instruction);
      } catch (DockerfileSyntaxException e) {
        throw new StepException(text + ": " + e.problem(), e);
      }
    }
    return place.config.withArgsEscaped(config.argsEscaped());
  }

  /** A place where nothing is built: what an instruction does to files has no effect. */
  private static final class Place implements StepContext {
    private static final char ESCAPE = '\\';

    private final Platform platform;
    private final List<Instruction> before = new ArrayList<>();
    private final VariableScope scope = VariableScope.empty();
    private final WordExpander expander = WordExpander.withEscape(ESCAPE);
    private ContainerConfig config;

    Place(ContainerConfig config, Platform platform) {
      this.config = config;
      this.platform = platform;
      scope.setAll(config);
    }

    @Override
    public Platform platform() {
      return platform;
    }

    @Override
    public List<Instruction> before() {
      return List.copyOf(before);
    }

    @Override
    public ContainerConfig config() {
      return config;
    }

    @Override
    public void config(ContainerConfig next) {
      config = next;
    }

    @Override
    public void author(String name) {
      throw elsewhere();
    }

    @Override
    public Map<String, String> variables() {
      return scope.variables();
    }

    @Override
    public void variable(String name, String value) {
      scope.set(name, value);
    }

    @Override
    public String expand(String word) throws StepException {
      return scope.expand(word, expander);
    }

    @Override
    public List<String> expandToWords(String word) throws StepException {
      return scope.split(word, expander);
    }

    @Override
    public Optional<String> givenArgument(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> globalArgument(String name) {
      return Optional.empty();
    }

    @Override
    public void declareArgument(String name, Optional<String> value) {
      throw elsewhere();
    }

    @Override
    public Map<String, Optional<String>> declaredArguments() {
      return Map.of();
    }

    @Override
    public Optional<Instant> epoch() {
      return Optional.empty();
    }

    @Override
    public FileSource buildContext() {
      throw elsewhere();
    }

    @Override
    public FileSource source(String from) {
      throw elsewhere();
    }

    @Override
    public void history(String createdBy) {}

    @Override
    public void layer(String createdBy, LayerWork work) {}

    @Override
    public void perform(String line) {
      throw elsewhere();
    }

    @Override
    public StepCommand command(String... arguments) {
      throw elsewhere();
    }

    @Override
    public StepCommand shell(String line) {
      throw elsewhere();
    }

    @Override
    public void warn(String rule, String message) {}

    private static IllegalStateException elsewhere() {
      return new IllegalStateException("only a build can do that");
    }
  }
}
