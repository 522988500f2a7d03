// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.util.Objects.requireNonNull;

import dev.lamina.context.BuildContext;
import dev.lamina.oci.ImageReference;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.StepException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a build is given under a name, for {@code FROM name}, {@code COPY --from=name} and {@code
 * RUN --mount=from=name}. It takes the place of a stage or an image of that name.
 */
public sealed interface NamedContext {

  /**
   * Files from elsewhere; their own {@code .dockerignore} applies.
   *
   * @param context the files
   */
  record Files(BuildContext context) implements NamedContext {
    /** Checks that nothing is missing. */
    public Files {
      requireNonNull(context);
    }
  }

  /**
   * The files of a Git repository, {@code https://github.com/shop/app.git#main:docker}.
   *
   * @param source which repository, commit and folder
   */
  record Git(GitSource source) implements NamedContext {
    /** Checks that nothing is missing. */
    public Git {
      requireNonNull(source);
    }
  }

  /**
   * An image, {@code docker-image://debian:bookworm}.
   *
   * @param reference its name
   */
  record Image(ImageReference reference) implements NamedContext {
    /** Checks that nothing is missing. */
    public Image {
      requireNonNull(reference);
    }
  }

  /**
   * An image in an OCI layout, {@code oci-layout://path:tag}.
   *
   * @param layout the layout's folder or archive
   * @param name its tag or digest in the layout; {@code ""} for the only image in it
   */
  record Layout(Path layout, String name) implements NamedContext {
    /** Checks that nothing is missing. */
    public Layout {
      requireNonNull(layout);
      requireNonNull(name);
    }
  }

  /**
   * Another stage of the Dockerfile, {@code target:build}.
   *
   * @param name the stage's name
   */
  record Stage(String name) implements NamedContext {
    /** Checks that nothing is missing. */
    public Stage {
      requireNonNull(name);
    }
  }

  /** An empty image, {@code docker-image://scratch}. */
  record Scratch() implements NamedContext {}

  /**
   * Reads what {@code docker build --build-context name=…} takes: {@code docker-image://name},
   * {@code oci-layout://path[:tag]}, {@code target:stage}, the URL of a Git repository, or the path
   * of a folder or a tar.
   *
   * @throws IllegalArgumentException if it can't be understood: an image's name is none, or a URL
   *     is no repository's
   */
  static NamedContext parse(String text) {
    if (text.equals("docker-image://scratch")) {
      return new Scratch();
    }
    if (text.startsWith("docker-image://")) {
      return new Image(ImageReference.parse(text.substring("docker-image://".length())));
    }
    if (text.startsWith("target:")) {
      return new Stage(text.substring("target:".length()));
    }
    if (text.startsWith("oci-layout://")) {
      String place = text.substring("oci-layout://".length());
      int end = place.indexOf('@');
      int colon = end < 0 ? place.lastIndexOf(':') : end;
      boolean named = colon > place.lastIndexOf('/');
      return named
          ? new Layout(Path.of(place.substring(0, colon)), place.substring(colon + 1))
          : new Layout(Path.of(place), "");
    }
    Optional<GitSource> git = git(text);
    if (git.isPresent()) {
      return new Git(git.get());
    }
    if (text.contains("://")) {
      throw new IllegalArgumentException(
          text + ": expected the URL of a Git repository, docker-image:// or oci-layout://");
    }
    Path path = Path.of(text);
    boolean file = java.nio.file.Files.isRegularFile(path);
    return new Files(file ? BuildContext.tar(path) : BuildContext.folder(path));
  }

  private static Optional<GitSource> git(String text) {
    try {
      return GitSource.parse(text);
    } catch (StepException e) {
      throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
    }
  }
}
