// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.StageGraph;
import dev.lamina.oci.ImageReference;
import java.util.Map;
import java.util.Optional;

/**
 * The named contexts of a build.
 *
 * @param given each by its name, as the caller writes it
 */
record NamedContexts(Map<String, NamedContext> given) {

  /** Returns what was given under a name; an image's name may be written in any way. */
  Optional<NamedContext> find(String name) {
    NamedContext exact = given.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    try {
      String familiar = ImageReference.parse(name).familiar();
      NamedContext context = given.get(familiar);
      return context == null && familiar.endsWith(":latest")
          ? Optional.ofNullable(given.get(familiar.substring(0, familiar.lastIndexOf(':'))))
          : Optional.ofNullable(context);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not the name of an image, so there is no other way to write it
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
