// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.Outline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code outline FILE [TARGET]}: prints what {@code docker build --call=targets,outline} lists. */
final class OutlineVerb {

  private OutlineVerb() {}

  /** Returns 1 if there is no such target. */
  static int run(List<String> arguments, Console console) throws IOException {
    Dockerfile file = Source.file(Path.of(arguments.get(0)));
    Optional<Outline> outline =
        arguments.size() > 1 ? file.outline(arguments.get(1)) : file.outline();
    if (outline.isEmpty()) {
      console.err().println("ERROR: no such target");
      return 1;
    }
    print(outline.get(), console.out());
    return 0;
  }

  private static void print(Outline outline, PrintStream out) {
    row(out, "TARGET", "BASE", "DESCRIPTION");
    for (Outline.Target target : outline.targets()) {
      String name = target.name().orElse(Integer.toString(target.index()));
      row(
          out,
          target.isDefault() ? name + " (default)" : name,
          target.base(),
          target.description().orElse(""));
    }
    String name = outline.target().name().orElse(Integer.toString(outline.target().index()));
    out.printf("%nWhat %s uses:%n", name);
    row(out, "BUILD ARG", "VALUE", "DESCRIPTION");
    for (Outline.Argument argument : outline.arguments()) {
      row(out, argument.name(), argument.value().orElse(""), argument.description().orElse(""));
    }
    row(out, "SECRET", "REQUIRED", "");
    for (Outline.Secret secret : outline.secrets()) {
      row(out, secret.id(), secret.required() ? "true" : "", "");
    }
    row(out, "SSH", "REQUIRED", "");
    for (Outline.SshAgent agent : outline.agents()) {
      row(out, agent.id(), agent.required() ? "true" : "", "");
    }
  }

  private static void row(PrintStream out, String first, String second, String third) {
    out.println(String.format("%-24s %-24s %s", first, second, third).stripTrailing());
  }
}
