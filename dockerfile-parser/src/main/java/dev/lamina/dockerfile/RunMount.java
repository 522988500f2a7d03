// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a {@code --mount} of RUN asks for, with every option its type has.
 *
 * <p>Texts are as given; what a missing one stands for (a cache's id, a secret's target) is said at
 * each.
 */
public sealed interface RunMount {

  /** Returns where in the container, as given; empty text if not given. */
  String target();

  /**
   * A directory or file of the context, a stage or an image.
   *
   * @param target where in the container
   * @param source the path in what is mounted; empty: its root
   * @param from stage, named context or image; empty: the build context
   * @param readOnly false: writes are allowed and thrown away
   */
  record Bind(String target, String source, Optional<String> from, boolean readOnly)
      implements RunMount {}

  /**
   * A directory that lives longer than the build.
   *
   * @param target where in the container
   * @param id what caches are told apart by; empty: the target, cleaned
   * @param sharing who may use it at the same time
   * @param source the path in {@code from} that a new cache starts with; empty: its root
   * @param from stage, named context or image that a new cache starts with; empty: nothing
   * @param readOnly whether writes fail
   * @param ownership owner and mode of a new cache: 0, 0 and 0755 if not given
   */
  record Cache(
      String target,
      Optional<String> id,
      Sharing sharing,
      String source,
      Optional<String> from,
      boolean readOnly,
      Ownership ownership)
      implements RunMount {}

  /**
   * A file system in memory.
   *
   * @param target where in the container
   * @param size the limit in bytes; empty: none
   * @param readOnly whether it can't be written to
   */
  record Tmpfs(String target, OptionalLong size, boolean readOnly) implements RunMount {}

  /**
   * A secret as a file or an environment variable, not kept in the image.
   *
   * @param target the file; empty text: {@code /run/secrets/} and the id's last part, unless {@code
   *     env} is given
   * @param id which secret; if not given, the last part of the target
   * @param env the environment variable to set
   * @param required whether the RUN fails without the secret
   * @param ownership owner and mode of the file: 0, 0 and 0400 if not given
   */
  record Secret(
      String target, String id, Optional<String> env, boolean required, Ownership ownership)
      implements RunMount {}

  /**
   * The socket of an SSH agent.
   *
   * @param target the socket; empty text: one of the engine's choice
   * @param id which agent, {@code default} if not given
   * @param required whether the RUN fails without the agent
   * @param ownership owner and mode of the socket: 0, 0 and 0600 if not given
   */
  record Ssh(String target, String id, boolean required, Ownership ownership) implements RunMount {}

  /** Who may use a cache at the same time. */
  enum Sharing {
    /** All, at once. */
    SHARED,
    /** All, each with a cache of its own while another uses it. */
    PRIVATE,
    /** One after the other. */
    LOCKED
  }

  /**
   * Owner and mode as given.
   *
   * @param uid the user, 0…4294967295
   * @param gid the group, 0…4294967295
   * @param mode the permission bits
   */
  record Ownership(OptionalLong uid, OptionalLong gid, OptionalInt mode) {
    /** Nothing is said of them. */
    public static final Ownership NONE =
        new Ownership(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty());
  }
}
