// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples.instructions;

import dev.lamina.dockerfile.Custom;
import dev.lamina.spi.CustomArguments;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerWork;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code TEMPLATE SOURCE TARGET}: copies a text file of the build context and puts build arguments
 * and environment variables in the place of <code>{{NAME}}</code>.
 */
public final class Template implements InstructionExecutor<Custom> {
  private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

  @Override
  public void plan(Custom instruction, StepContext step) throws IOException {
    CustomArguments arguments = CustomArguments.of(instruction, step);
    arguments.require(2, 2, "TEMPLATE SOURCE TARGET");
    String source = arguments.words().get(0);
    String target = arguments.words().get(1);
    FileSource context = step.buildContext();
    context.need(source);
    Map<String, String> values = step.variables();
    step.layer(
        "TEMPLATE " + source + " " + target,
        LayerWork.of(
            inputs -> {
              inputs.addFiles(context, source);
              inputs.add("target", target);
              values.forEach((name, value) -> inputs.add("variable " + name, value));
            },
            layer -> render(layer.path(context, source), target, values, layer)));
  }

  private static void render(
      Path source, String target, Map<String, String> values, LayerContext layer)
      throws IOException {
    StringBuilder text = new StringBuilder();
    Matcher field = FIELD.matcher(Files.readString(source));
    while (field.find()) {
      String value = values.get(field.group(1));
      if (value == null) {
        throw new StepException(source + ": nothing is called " + field.group(1));
      }
      field.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    field.appendTail(text);
    Path file = layer.path(target);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
