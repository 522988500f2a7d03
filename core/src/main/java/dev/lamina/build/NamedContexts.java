// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.StageGraph;
import dev.lamina.oci.ImageReference;
import java.util.Map;
import java.util.Optional;

/**
 * The named contexts of a build. Names of images are the same however they are written, as the
 * caller or in the Dockerfile: {@code docker.io/library/alpine:latest} is {@code alpine}.
 *
 * @param given each by its name, as the caller writes it
 */
record NamedContexts(Map<String, NamedContext> given) {
  private static final String LATEST = ":latest";

  /** Returns what was given under a name. */
  Optional<NamedContext> find(String name) {
    NamedContext exact = given.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    String usual = usual(name);
    String first = null;
    for (String other : given.keySet()) {
      if (usual(other).equals(usual) && (first == null || other.compareTo(first) < 0)) {
        first = other;
      }
    }
    return first == null ? Optional.empty() : Optional.ofNullable(given.get(first));
  }

  /** Returns the shortest way to write an image's name, and any other name as it is. */
  private static String usual(String name) {
    try {
      String familiar = ImageReference.parse(name).familiar();
      return familiar.endsWith(LATEST)
          ? familiar.substring(0, familiar.length() - LATEST.length())
          : familiar;
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  /** Returns what the graph of the stages has to know of it. */
  Optional<StageGraph.NamedSource> source(String name) {
    return find(name)
        .map(
            context ->
                context instanceof NamedContext.Stage stage
                    ? Optional.of(stage.name())
                    : Optional.<String>empty())
        .map(StageGraph.NamedSource::new);
  }
}
