// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Expose;
import dev.lamina.dockerfile.text.Letters;
import java.util.List;

/**
 * A word of EXPOSE taken apart, whether or not its numbers make sense.
 *
 * @param host what stands before the last colon
 * @param ports the port or ports
 * @param protocol what stands after the slash
 */
record ExposedWord(String host, String ports, String protocol) {

  /** Returns the words of an EXPOSE up to the first that is malformed; none of others. */
  static List<String> in(LintStatement statement) {
    if (!(statement.instruction() instanceof Expose expose)) {
      return List.of();
    }
    return expose.ports().stream().takeWhile(word -> parse(word).isKnown()).toList();
  }

  static ExposedWord parse(String word) {
    int colon = word.lastIndexOf(':');
    int slash = word.indexOf('/', colon + 1);
    int end = slash < 0 ? word.length() : slash;
    String protocol = slash < 0 ? "" : word.substring(slash + 1);
    String host = colon < 0 ? "" : word.substring(0, colon);
    return new ExposedWord(host, word.substring(colon + 1, end), protocol);
  }

  private boolean isKnown() {
    return !ports.isEmpty() && List.of("", "tcp", "udp", "sctp").contains(Letters.lower(protocol));
  }

  /** Whether there is an address or a port before the container's port. */
  boolean isMapped() {
    return !host.isEmpty() && !host.equals(":");
  }
}
