// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.io.IOException;
import java.util.Optional;

/**
 * Knows credentials of registries. It is asked once for each repository that a registry wants
 * credentials for, from any thread.
 */
@FunctionalInterface
public interface CredentialProvider {
  /**
   * Returns the credential for a repository; empty if this provider has none, and then the next one
   * is asked.
   *
   * @param registry the registry's host as references have it: {@code docker.io}, {@code
   *     localhost:5000}
   * @param repository the repository within it: {@code library/debian}
   * @throws IOException if there should be one but it can't be had; no other provider is asked then
   */
  Optional<Credential> find(String registry, String repository) throws IOException;

  /** Returns a provider that has the same credential for every repository of one registry. */
  static CredentialProvider of(String registry, Credential credential) {
    return (asked, repository) ->
        asked.equals(registry) ? Optional.of(credential) : Optional.empty();
  }

  /** Returns a provider that asks this one, then {@code next}. */
  default CredentialProvider orElse(CredentialProvider next) {
    return (registry, repository) -> {
      Optional<Credential> found = find(registry, repository);
      return found.isPresent() ? found : next.find(registry, repository);
    };
  }
}
