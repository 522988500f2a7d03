// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.text.Letters;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A word of EXPOSE after expansion: {@code 80}, {@code 53/udp}, {@code 7000-7010/tcp}.
 *
 * <p>Docker also takes an address and a host port before it, {@code 127.0.0.1:80:80}, which mean
 * nothing there.
 *
 * @param address the address, if given
 * @param hostPorts the host's port or ports, if given
 * @param first the first port, 0…65535
 * @param last the last port, not below the first
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}, in the letter case it was written in
 */
public record PortSpec(
    Optional<String> address, Optional<String> hostPorts, int first, int last, String protocol) {

  /**
   * Reads one word of EXPOSE.
   *
   * @throws ExpansionException if it is no port
   */
  public static PortSpec parse(String word) throws ExpansionException {
    return new PortParser(word).parse();
  }

  /** Returns the ports as an image's configuration lists them, such as {@code 80/tcp}. */
  public List<String> ports() {
    String suffix = "/" + Letters.lower(protocol);
    return IntStream.rangeClosed(first, last).mapToObj(port -> port + suffix).toList();
  }
}
