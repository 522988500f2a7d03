// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.ProcessSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The files of {@code /etc} that a process sees in place of the image's, as BuildKit writes them.
 */
final class EtcFiles {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  private EtcFiles() {}

  /** Returns {@code /etc/hosts}: this host's name, then the spec's extra hosts. */
  static byte[] hosts(ProcessSpec spec) {
    StringBuilder hosts = new StringBuilder("127.0.0.1\tlocalhost");
    if (!spec.hostname().isEmpty()) {
      hosts.append(' ').append(spec.hostname());
    }
    hosts.append("\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    spec.extraHosts()
        .forEach((name, address) -> hosts.append(address).append('\t').append(name).append('\n'));
    return hosts.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the host's {@code /etc/resolv.conf}; processes use its network. */
  static byte[] resolvConf() throws IOException {
    try {
      return Files.readAllBytes(RESOLV_CONF);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }
}
