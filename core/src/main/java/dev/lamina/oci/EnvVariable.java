// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import java.util.List;

/**
 * A variable of {@link ContainerConfig#env()}.
 *
 * @param name what stands before the first equals sign
 * @param value what stands after it; empty if there is none
 */
public record EnvVariable(String name, String value) {
  /** Where programs are looked for if an image doesn't say it, as in Docker. */
  public static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Takes each {@code NAME=value} apart, in order. */
  public static List<EnvVariable> parseAll(List<String> env) {
    return env.stream().map(EnvVariable::parse).toList();
  }

  /** Takes {@code NAME=value} apart; an image may hold any text. */
  public static EnvVariable parse(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new EnvVariable(text, "")
        : new EnvVariable(text.substring(0, equals), text.substring(equals + 1));
  }
}
