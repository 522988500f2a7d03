// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.event.PlainListener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The store of one test class, and the images that were built in it. */
final class TestImages implements Closeable {
  private static final int LONGEST_LOG = 20_000;

  private final ImageStore store = ImageStore.inMemory();
  private final StringBuilder log = new StringBuilder(); // guarded by this
  private final Map<Object, Image> built = new HashMap<>(); // guarded by this

  ImageStore store() {
    return store;
  }

  /** Returns what the builds wrote so far, the end of it if that is much. */
  synchronized String log() {
    String text = log.toString();
    return text.length() > LONGEST_LOG ? "…" + text.substring(text.length() - LONGEST_LOG) : text;
  }

  /** Returns the image of a recipe, built when it is first asked for. */
  synchronized Image image(Object key, LaminaExtension.Recipe recipe)
      throws IOException, InterruptedException {
    Image known = built.get(key);
    if (known == null) {
      StringBuilder own = new StringBuilder();
      try {
        known = recipe.in(store).store(store).listener(new PlainListener(own)).build();
      } finally {
        log.append(own);
      }
      built.put(key, known);
    }
    return known;
  }

  /** Returns the builder that an annotation describes. */
  static ImageBuilder builder(BuiltFrom from, ImageStore store) throws IOException {
    for (String archive : from.images()) {
      var unused = store.load(Path.of(archive));
    }
    ImageBuilder builder =
        from.text().isEmpty()
            ? ImageBuilder.fromDockerfile(Path.of(from.value()))
            : ImageBuilder.fromText(from.text());
    if (!from.context().isEmpty()) {
      builder = builder.context(Path.of(from.context()));
    }
    if (!from.target().isEmpty()) {
      builder = builder.target(from.target());
    }
    for (String argument : from.args()) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "@BuiltFrom args: expected NAME=value, found " + argument);
      }
      builder = builder.buildArg(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return builder;
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
