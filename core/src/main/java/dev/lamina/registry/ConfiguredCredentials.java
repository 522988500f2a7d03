// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.spi.Credential;
import dev.lamina.spi.CredentialProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The credentials this machine's user has for Docker, podman and their like, in this order: the
 * variable {@code DOCKER_AUTH_CONFIG}; the files {@code $REGISTRY_AUTH_FILE}, {@code
 * $XDG_RUNTIME_DIR/containers/auth.json}, {@code $XDG_CONFIG_HOME/containers/auth.json}, {@code
 * $DOCKER_CONFIG/config.json} (or {@code ~/.docker/config.json}) and {@code ~/.dockercfg}. Within a
 * file a helper for the registry comes first, then the credentials store, then the file itself.
 *
 * <p>The files are read when a credential is asked for. Thread-safe.
 */
public final class ConfiguredCredentials implements CredentialProvider {
  private final Map<String, String> environment;
  private final Path home;
  private final CredentialHelpers helpers;

  private ConfiguredCredentials(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.helpers = new CredentialHelpers(environment);
  }

  /** Returns the credentials of the user this JVM runs as. */
  public static ConfiguredCredentials ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home", "/")));
  }

  /** Returns the credentials found through these variables and in this home folder. */
  public static ConfiguredCredentials of(Map<String, String> environment, Path home) {
    return new ConfiguredCredentials(environment, home);
  }

  @Override
  public Optional<Credential> find(String registry, String repository) throws IOException {
    String inline = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
    if (!inline.isEmpty()) {
      Optional<Credential> found =
          AuthFile.parse(
                  inline.getBytes(StandardCharsets.UTF_8), "DOCKER_AUTH_CONFIG", false, helpers)
              .find(registry, repository);
      if (found.isPresent()) {
        return found;
      }
    }
    for (Path file : files()) {
      if (Files.isRegularFile(file)) {
        boolean old = file.endsWith(".dockercfg");
        Optional<Credential> found =
            AuthFile.parse(Files.readAllBytes(file), file.toString(), old, helpers)
                .find(registry, repository);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    variable("REGISTRY_AUTH_FILE").ifPresent(files::add);
    variable("XDG_RUNTIME_DIR").ifPresent(dir -> files.add(dir.resolve("containers/auth.json")));
    files.add(
        variable("XDG_CONFIG_HOME")
            .orElse(home.resolve(".config"))
            .resolve("containers/auth.json"));
    files.add(variable("DOCKER_CONFIG").orElse(home.resolve(".docker")).resolve("config.json"));
    files.add(home.resolve(".dockercfg"));
    return files;
  }

  private Optional<Path> variable(String name) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }
}
