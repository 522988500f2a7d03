// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.build.ConfigChange;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a container becomes an image.
 *
 * <pre>{@code
 * box.commit(Commit.as("shop/app:2").message("a fix").changes("CMD [\"serve\"]", "ENV LEVEL=warn"));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Commit {
  private final Optional<ImageReference> name;
  private final String author;
  private final String message;
  private final Edit edit;

  private Commit(Optional<ImageReference> name, String author, String message, Edit edit) {
    this.name = name;
    this.author = author;
    this.message = message;
    this.edit = edit;
  }

  /** A change to how the image is run. */
  @FunctionalInterface
  private interface Edit {
    ContainerConfig apply(ContainerConfig config, Platform platform) throws IOException;
  }

  /** Returns a commit under a name. */
  public static Commit as(String name) {
    return new Commit(
        Optional.of(ImageReference.parse(name)), "", "", (config, platform) -> config);
  }

  /** Returns a commit without a name: the image is found by its ID only. */
  public static Commit unnamed() {
    return new Commit(Optional.empty(), "", "", (config, platform) -> config);
  }

  /** Returns this commit with an author. */
  public Commit author(String newAuthor) {
    return new Commit(name, newAuthor, message, edit);
  }

  /** Returns this commit with a message, which becomes the comment of the history entry. */
  public Commit message(String newMessage) {
    return new Commit(name, author, newMessage, edit);
  }

  /** Returns this commit with one more change to how the image is run. */
  public Commit config(UnaryOperator<ContainerConfig> change) {
    return then((config, platform) -> change.apply(config));
  }

  /**
   * Returns this commit with more changes to how the image is run, as {@code docker commit
   * --change} takes them. Another instruction, or one that can't be carried out, is a {@link
   * dev.lamina.spi.StepException} of the commit.
   *
   * @param instructions each as a Dockerfile has it: CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK,
   *     LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME or WORKDIR; variables are replaced by those of the
   *     image
   */
  public Commit changes(String... instructions) {
    List<String> lines = List.of(instructions);
    return then((config, platform) -> ConfigChange.apply(lines, config, platform));
  }

  private Commit then(Edit next) {
    return new Commit(
        name,
        author,
        message,
        (config, platform) -> next.apply(edit.apply(config, platform), platform));
  }

  Optional<ImageReference> name() {
    return name;
  }

  String author() {
    return author;
  }

  String message() {
    return message;
  }

  ContainerConfig applyTo(ContainerConfig config, Platform platform) throws IOException {
    return edit.apply(config, platform);
  }
}
