// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.fs.Content;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something a process finds in its root while it runs and that never is part of the session's
 * changes: the values of {@code RUN --mount}. The target is absolute; links in it are resolved
 * inside the root, and what is missing of it is there only while the process runs.
 */
public sealed interface Mount {

  /** Returns where the process finds it: an absolute path, not {@code /}. */
  String target();

  /**
   * A file or directory of another root: the build context, a stage, an image.
   *
   * @param from the root it is taken from
   * @param source an absolute path in that root; links are resolved inside it
   * @param writable whether the process may write; what it writes is thrown away when it ends
   */
  record Bind(String target, RootFs from, String source, boolean writable) implements Mount {
    public Bind {
      requireTarget(target);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) throws IOException {
      return visitor.bind(this);
    }
  }

  /**
   * A directory that outlives the process: the same id is the same directory for every session of
   * the store.
   *
   * @param id the directory's name
   * @param sharing what happens when several processes want it at once
   * @param mode its permission bits, but nobody else than its owner may write there, as in Docker;
   *     another mode or owner is another directory
   * @param uid its owner
   * @param gid its group
   * @param writable whether the process may write; what it writes is kept
   * @param seed a directory of another root that it starts as, whose mode and owner it has then
   */
  record Cache(
      String target,
      String id,
      Sharing sharing,
      int mode,
      long uid,
      long gid,
      boolean writable,
      Optional<Seed> seed)
      implements Mount {
    public Cache {
      requireTarget(target);
    }

    /**
     * Returns the name of the directory, in letters and digits: mounts with the same key are of the
     * same one. A cache that starts otherwise, or with another owner or mode, is another, as for
     * BuildKit.
     */
    public String key() {
      String start =
          seed.map(each -> origin(each.from()) + "\0" + each.source())
              .orElse(mode + " " + uid + " " + gid);
      return Digest.sha256(id + "\0" + start).hex();
    }

    private static String origin(RootFs from) {
      return from.layers().isEmpty()
          ? "-"
          : Digest.chainId(from.layers().stream().map(Layer::diffId).toList()).toString();
    }

    @Override
    public <T> T accept(Visitor<T> visitor) throws IOException {
      return visitor.cache(this);
    }
  }

  /** Returns what {@code visitor} makes of this kind of mount. */
  <T> T accept(Visitor<T> visitor) throws IOException;

  /**
   * One method for each kind of mount.
   *
   * @param <T> what the methods return
   */
  interface Visitor<T> {
    /** Visits a file or directory of another root. */
    T bind(Bind bind) throws IOException;

    /** Visits a directory that outlives the process. */
    T cache(Cache cache) throws IOException;

    /** Visits an empty directory in memory. */
    T tmpfs(Tmpfs tmpfs) throws IOException;

    /** Visits a file in memory. */
    T secret(Secret secret) throws IOException;

    /** Visits the socket of an ssh agent. */
    T ssh(Ssh ssh) throws IOException;
  }

  /** Who may use a cache at the same time. */
  enum Sharing {
    /** Everybody. */
    SHARED,
    /** One process; the others get another directory. */
    PRIVATE,
    /** One process; the others wait. */
    LOCKED
  }

  /** A directory of a root, for a cache to start with. */
  record Seed(RootFs from, String source) {}

  /**
   * An empty directory in memory.
   *
   * @param size the most it holds, in bytes; empty for what the kernel allows
   * @param writable whether the process may write
   */
  record Tmpfs(String target, OptionalLong size, boolean writable) implements Mount {
    public Tmpfs {
      requireTarget(target);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) throws IOException {
      return visitor.tmpfs(this);
    }
  }

  /**
   * A read-only file in memory; its bytes reach no disk.
   *
   * @param value what the file holds
   * @param mode its permission bits
   * @param uid its owner
   * @param gid its group
   */
  record Secret(String target, Content value, int mode, long uid, long gid) implements Mount {
    public Secret {
      requireTarget(target);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) throws IOException {
      return visitor.secret(this);
    }
  }

  /**
   * The socket of an ssh agent of the host.
   *
   * @param socket the agent's socket on the host
   * @param mode the permission bits of the socket the process sees
   * @param uid its owner
   * @param gid its group
   */
  record Ssh(String target, Path socket, int mode, long uid, long gid) implements Mount {
    public Ssh {
      requireTarget(target);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) throws IOException {
      return visitor.ssh(this);
    }
  }

  private static void requireTarget(String target) {
    if (!target.startsWith("/")
        || target.indexOf('\0') >= 0
        || target.chars().allMatch(c -> c == '/')) {
      throw new IllegalArgumentException(
          "mount target: expected an absolute path other than /, found '" + target + "'");
    }
  }
}
