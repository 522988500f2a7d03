// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HTTPS_PROXY", "http://secure:3128",
          "http_proxy", "plain:8080",
          "NO_PROXY",
              "internal.example, *.wild.example,10.1.2.3,port.example:5000,"
                  + " 172.16.0.0/12,fd00::/8");

  @ParameterizedTest
  @CsvSource({
    "https://registry.example/v2/, secure:3128",
    "http://registry.example/v2/, plain:8080",
    "https://internal.example/, direct",
    "https://a.internal.example/, direct",
    "https://notinternal.example/, secure:3128",
    "https://x.wild.example/, direct",
    "https://10.1.2.3:5000/, direct",
    "https://port.example:5000/, direct",
    "https://port.example/, secure:3128",
    "https://172.31.255.1:5000/, direct",
    "https://172.32.0.1:5000/, secure:3128",
    "https://[fd12::1]/, direct",
    "https://[fe80::1]/, secure:3128",
    "https://172.31.example/, secure:3128",
    "http://localhost:5000/, direct",
    "http://127.0.0.1:5000/, direct",
    "http://[::1]:5000/, direct"
  })
  void environmentNamesTheProxy(String uri, String expected) {
    Proxy proxy = EnvironmentProxies.of(ENVIRONMENT).select(URI.create(uri)).get(0);
    String found =
        proxy.address() instanceof InetSocketAddress address
            ? address.getHostString() + ":" + address.getPort()
            : "direct";
    assertThat(found).isEqualTo(expected);
  }
}
