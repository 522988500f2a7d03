// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.ImageReference;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a container becomes an image.
 *
 * <pre>{@code
 * box.commit(Commit.as("shop/app:2").message("a fix").config(c -> c.withCmd(List.of("serve"))));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Commit {
  private final Optional<ImageReference> name;
  private final String author;
  private final String message;
  private final UnaryOperator<ContainerConfig> edit;

  private Commit(
      Optional<ImageReference> name,
      String author,
      String message,
      UnaryOperator<ContainerConfig> edit) {
    this.name = name;
    this.author = author;
    this.message = message;
    this.edit = edit;
  }

  /** Returns a commit under a name. */
  public static Commit as(String name) {
    return new Commit(Optional.of(ImageReference.parse(name)), "", "", config -> config);
  }

  /** Returns a commit without a name: the image is found by its ID only. */
  public static Commit unnamed() {
    return new Commit(Optional.empty(), "", "", config -> config);
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
    return new Commit(name, author, message, config -> change.apply(edit.apply(config)));
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

  ContainerConfig applyTo(ContainerConfig config) {
    return edit.apply(config);
  }
}
