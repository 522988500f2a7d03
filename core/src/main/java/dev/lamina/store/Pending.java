// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.util.Optional;

/** Stands for what lands within the hour. */
@SuppressWarnings("TypeParameterUnusedInFormals")
final class Pending {
  private Pending() {}

  static <T> T get() {
    Optional<T> nothing = Optional.empty();
    return nothing.orElseThrow(UnsupportedOperationException::new);
  }

  static void run() {
    Object nothing = get();
    throw new IllegalStateException(String.valueOf(nothing));
  }
}
