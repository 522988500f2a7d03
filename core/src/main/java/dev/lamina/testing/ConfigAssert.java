// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.Healthcheck;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Asserts how containers of an image are run. Every method returns this, or throws an {@link
 * AssertionError}. Immutable.
 */
public final class ConfigAssert {
  private final ImageAssert image;
  private final Subject subject;
  private final ImageConfig whole;
  private final ContainerConfig config;

  ConfigAssert(ImageAssert image, Subject subject, ImageConfig whole) {
    this.image = image;
    this.subject = subject;
    this.whole = whole;
    this.config = whole.config();
  }

  /** Returns the assertions on the whole image, to go on with. */
  public ImageAssert and() {
    return image;
  }

  /** Claims the command a container always starts; nothing given claims that there is none. */
  @CanIgnoreReturnValue
  public ConfigAssert hasEntrypoint(String... words) {
    return require("entrypoint", List.of(words), config.entrypoint());
  }

  /**
   * Claims the arguments of the entrypoint, or the command; nothing given claims that there are
   * none.
   */
  @CanIgnoreReturnValue
  public ConfigAssert hasCmd(String... words) {
    return require("cmd", List.of(words), config.cmd());
  }

  /** Claims an environment variable. */
  @CanIgnoreReturnValue
  public ConfigAssert hasEnv(String name, String value) {
    Optional<String> found = config.env(name);
    return found.isPresent()
        ? require("env " + name, value, found.get())
        : fail("env " + name, value, "none of that name in " + config.env());
  }

  /** Claims that an environment variable is not set. */
  @CanIgnoreReturnValue
  public ConfigAssert hasNoEnv(String name) {
    return config.env(name).isEmpty()
        ? this
        : fail("env " + name, "none", config.env(name).orElse(""));
  }

  /**
   * Claims that these are the ports the image says it listens on, and no others.
   *
   * @param ports such as {@code 8080} for {@code 8080/tcp}, or {@code 53/udp}
   */
  @CanIgnoreReturnValue
  public ConfigAssert exposes(String... ports) {
    List<String> expected =
        Arrays.stream(ports)
            .map(port -> port.contains("/") ? port : port + "/tcp")
            .sorted()
            .toList();
    return require("exposed ports", expected, config.exposedPorts().stream().sorted().toList());
  }

  /** Claims the user processes run as, as the image has it: {@code 1000:1000}. */
  @CanIgnoreReturnValue
  public ConfigAssert hasUser(String user) {
    return require("user", user, config.user());
  }

  /** Claims that processes don't run as root. */
  @CanIgnoreReturnValue
  public ConfigAssert doesNotRunAsRoot() {
    String name = config.user().replaceFirst(":.*", "");
    return name.isEmpty() || name.equals("root") || name.matches("0+")
        ? fail("user", "anyone but root", '"' + config.user() + '"')
        : this;
  }

  /** Claims the folder processes start in. */
  @CanIgnoreReturnValue
  public ConfigAssert hasWorkdir(String folder) {
    return require("workdir", folder, config.workingDir().isEmpty() ? "/" : config.workingDir());
  }

  /** Claims a label. */
  @CanIgnoreReturnValue
  public ConfigAssert hasLabel(String name, String value) {
    String found = config.labels().get(name);
    return found == null
        ? fail("label " + name, value, "none of that name in " + config.labels().keySet())
        : require("label " + name, value, found);
  }

  /** Claims the volumes, and no others. */
  @CanIgnoreReturnValue
  public ConfigAssert hasVolumes(String... paths) {
    return require(
        "volumes",
        Arrays.stream(paths).sorted().toList(),
        config.volumes().stream().sorted().toList());
  }

  /** Claims the signal that stops a container. */
  @CanIgnoreReturnValue
  public ConfigAssert hasStopSignal(String signal) {
    return require(
        "stop signal", signal, config.stopSignal().isEmpty() ? "SIGTERM" : config.stopSignal());
  }

  /** Claims that a container can be asked whether it is well. */
  @CanIgnoreReturnValue
  public ConfigAssert hasHealthcheck() {
    Optional<Healthcheck> check = config.healthcheck();
    return check.isPresent() && !check.get().test().equals(List.of("NONE"))
        ? this
        : fail("healthcheck", "one", "none");
  }

  /** Claims what the image runs on, such as {@code linux/arm64}. */
  @CanIgnoreReturnValue
  public ConfigAssert hasPlatform(String platform) {
    return require(
        "platform", Platform.parse(platform).normalized(), whole.platform().normalized());
  }

  private ConfigAssert require(String what, Object expected, Object found) {
    return expected.equals(found) ? this : fail(what, expected, found);
  }

  private ConfigAssert fail(String what, Object expected, Object found) {
    throw subject.failure(what, expected, found);
  }
}
