// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

/**
 * A resource limit of a process, as {@code --ulimit name=soft:hard}.
 *
 * @param name the limit's name without {@code RLIMIT_}, in lower case: {@code nofile}, {@code
 *     core}…
 * @param soft the limit in force; -1 for unlimited
 * @param hard how far the process may raise it; -1 for unlimited
 */
public record Ulimit(String name, long soft, long hard) {
  public Ulimit {
    if (!name.matches("[a-z]+")) {
      throw new IllegalArgumentException(
          "ulimit: expected a name such as nofile, found '" + name + "'");
    }
    if (soft < -1 || hard < -1 || (hard != -1 && (soft == -1 || soft > hard))) {
      throw new IllegalArgumentException(
          "ulimit " + name + ": expected soft ≤ hard, found " + soft + ":" + hard);
    }
  }
}
