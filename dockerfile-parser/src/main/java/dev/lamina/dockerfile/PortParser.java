// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.IpAddress;
import dev.lamina.dockerfile.text.Letters;
import java.util.List;
import java.util.Optional;

/** Reads {@code [address:][hostPorts:]ports[/protocol]}. */
final class PortParser {

  private static final List<String> PROTOCOLS = List.of("tcp", "udp", "sctp");
  private static final int MAX = 65_535;

  private final String word;

  PortParser(String word) {
    this.word = word;
  }

  PortSpec parse() throws ExpansionException {
    int container = word.lastIndexOf(':');
    int host = container < 0 ? -1 : word.lastIndexOf(':', container - 1);
    String address = host < 0 ? "" : word.substring(0, host);
    String hostPorts = container < 0 ? "" : word.substring(host + 1, container);
    String ports = word.substring(container + 1);
    int slash = ports.indexOf('/');
    String protocol = slash < 0 ? "" : ports.substring(slash + 1);
    if (slash >= 0) {
      ports = ports.substring(0, slash);
    }
    if (ports.isEmpty()) {
      throw invalid("no port specified");
    }
    if (protocol.isEmpty()) {
      protocol = "tcp";
    } else if (!PROTOCOLS.contains(Letters.lower(protocol))) {
      throw invalid("invalid proto: " + protocol);
    }
    requireAddress(address);
    int[] range = range(ports, "invalid containerPort: ");
    requireSameLength(range, ports, hostPorts);
    return new PortSpec(given(address), given(hostPorts), range[0], range[1], protocol);
  }

  private ExpansionException invalid(String why) {
    return new ExpansionException("invalid port: " + GoQuote.quote(word) + ": " + why);
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(present -> !present.isEmpty());
  }

  private static void requireAddress(String address) throws ExpansionException {
    boolean bracketed = address.startsWith("[") && address.endsWith("]");
    String bare = bracketed ? address.substring(1, address.length() - 1) : address;
    if (!address.isEmpty() && !IpAddress.isValid(bare)) {
      throw new ExpansionException("invalid IP address: " + bare);
    }
  }

  private static int[] range(String ports, String complaint) throws ExpansionException {
    int dash = ports.indexOf('-');
    int first = port(dash < 0 ? ports : ports.substring(0, dash));
    int last = dash < 0 ? first : port(ports.substring(dash + 1));
    if (first < 0 || last < first) {
      throw new ExpansionException(complaint + ports);
    }
    return new int[] {first, last};
  }

  /** A host's range may differ in length only from a single port, for which it is a choice. */
  private static void requireSameLength(int[] range, String ports, String hostPorts)
      throws ExpansionException {
    if (hostPorts.isEmpty()) {
      return;
    }
    int[] host = range(hostPorts, "invalid hostPort: ");
    if (range[0] != range[1] && host[1] - host[0] != range[1] - range[0]) {
      throw new ExpansionException(
          "invalid ranges specified for container and host Ports: " + ports + " and " + hostPorts);
    }
  }

  /** Returns the number, or -1 if it is none. */
  private static int port(String text) {
    String digits = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = Math.min(number * 10 + digit, MAX + 1);
    }
    boolean valid = !digits.isEmpty() && number <= MAX && !(text.startsWith("-") && number > 0);
    return valid ? number : -1;
  }
}
