// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * What a Dockerfile offers and asks for: as {@code docker build --call=targets} and {@code
 * --call=outline} list it.
 *
 * @param target the stage that the rest is about
 * @param targets all stages, in order
 * @param arguments the build arguments that the target uses, directly or through the stages it is
 *     built from and takes from, in the order of the file
 * @param secrets the secrets it uses, likewise
 * @param agents the SSH agents it uses, likewise
 */
public record Outline(
    Target target,
    List<Target> targets,
    List<Argument> arguments,
    List<Secret> secrets,
    List<SshAgent> agents) {

  public Outline {
    targets = List.copyOf(targets);
    arguments = List.copyOf(arguments);
    secrets = List.copyOf(secrets);
    agents = List.copyOf(agents);
  }

  /**
   * A stage that can be built.
   *
   * @param index the stage's number, from 0
   * @param name its name
   * @param description what the comment above it says: {@code # name description}
   * @param isDefault whether it is the last, which is built if none is asked for
   * @param base the image or stage it is built from, as written
   * @param platform its {@code --platform}, as written
   * @param line the line of its FROM, from 1
   */
  public record Target(
      int index,
      Optional<String> name,
      Optional<String> description,
      boolean isDefault,
      String base,
      Optional<String> platform,
      int line) {}

  /**
   * A build argument.
   *
   * @param name its name
   * @param value the value if none is given, variables expanded; empty: it is unset then
   * @param description what the comment above it says: {@code # name description}
   * @param line the line of the ARG, from 1
   */
  public record Argument(
      String name, Optional<String> value, Optional<String> description, int line) {

    static Argument of(Statement statement, String name, Optional<String> value) {
      return new Argument(name, value, statement.description(name), statement.line());
    }
  }

  /**
   * A secret that a RUN mounts.
   *
   * @param id which
   * @param required whether the RUN fails without it
   * @param line the line of the first RUN that mounts it, from 1
   */
  public record Secret(String id, boolean required, int line) {}

  /**
   * An SSH agent that a RUN mounts.
   *
   * @param id which
   * @param required whether the RUN fails without it
   * @param line the line of the first RUN that mounts it, from 1
   */
  public record SshAgent(String id, boolean required, int line) {}
}
