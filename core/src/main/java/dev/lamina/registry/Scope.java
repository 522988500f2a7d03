// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.util.List;

/**
 * What a request wants to be allowed.
 *
 * @param repository for which credentials are looked up
 * @param scopes as token servers understand them: {@code repository:library/debian:pull}
 */
record Scope(String repository, List<String> scopes) {
  /** Nothing but to be known. */
  static final Scope NONE = new Scope("", List.of());

  static Scope pull(String repository) {
    return new Scope(repository, List.of("repository:" + repository + ":pull"));
  }

  static Scope push(String repository) {
    return new Scope(repository, List.of("repository:" + repository + ":pull,push"));
  }

  static Scope delete(String repository) {
    return new Scope(repository, List.of("repository:" + repository + ":delete"));
  }

  /** Returns this and to pull from another repository, to mount blobs from there. */
  Scope andPull(String other) {
    return new Scope(repository, List.of(scopes.get(0), "repository:" + other + ":pull"));
  }
}
