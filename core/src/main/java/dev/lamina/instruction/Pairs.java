// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.KeyValue;
import java.util.List;
import java.util.stream.Collectors;

/** The pairs of ENV and LABEL. */
final class Pairs {
  private Pairs() {}

  /** Returns the pairs as a history shows them, each after a blank. */
  static String text(List<KeyValue> pairs) {
    return pairs.stream()
        .map(pair -> " " + pair.key() + "=" + pair.value())
        .collect(Collectors.joining());
  }
}
