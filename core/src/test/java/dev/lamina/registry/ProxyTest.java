// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.ChildJvm;
import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that are reached through a proxy; their names mean nothing on this host. */
class ProxyTest {
  private static final byte[] BLOB = "blob".getBytes(StandardCharsets.UTF_8);
  private static final String SHOWN =
      "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  private static RegistryOptions options(ProxySelector proxies) {
    return RegistryOptions.DEFAULT
        .withOnlyCredentials((registry, repository) -> Optional.empty())
        .withAttempts(1, Duration.ofMillis(1))
        .withProxies(proxies);
  }

  private static boolean put(RegistryOptions options) throws IOException {
    ImageReference app = ImageReference.parse("registry.test/shop/app:1");
    return RegistryClient.of(options)
        .putBlob(app, Descriptor.of("", BLOB), Content.of(BLOB), List.of());
  }

  /** The registry of the test is the proxy: it is asked for whole URIs. */
  @Test
  void plainRequestsGoToTheProxyWithItsPassword() throws IOException {
    try (MemoryRegistry registry = MemoryRegistry.start()) {
      ProxySelector proxies =
          EnvironmentProxies.of(
              Map.of("http_proxy", "http://me:secret@127.0.0.1:" + registry.port()));
      assertThat(put(options(proxies).withInsecure("registry.test"))).isTrue();
      assertThat(registry.requests())
          .isNotEmpty()
          .allSatisfy(
              request -> {
                assertThat(request.uri()).hasHost("registry.test");
                assertThat(request.headers()).containsEntry("Proxy-authorization", List.of(SHOWN));
              });
    }
  }

  @Test
  void httpsGoesThroughATunnelAndTheCertificateIsStillTheRegistrys() throws IOException {
    TestAuthority authority = TestAuthority.make(folder);
    try (DockerRegistry registry = DockerRegistry.in(folder).withTls(authority).start();
        TunnelProxy proxy = TunnelProxy.start(registry.port(), Optional.empty())) {
      RegistryOptions options = options(ProxySelector.of(proxy.address()));
      assertThatThrownBy(() -> put(options)).hasMessageContaining("trusted certificate");
      assertThat(put(options.withCaCertificates(authority.authority()))).isTrue();
      assertThat(registry.blobs()).hasSize(1);
      assertThat(proxy.heads())
          .allSatisfy(head -> assertThat(head).startsWith("CONNECT registry.test:443 "));
    }
  }

  @Test
  void tunnelThatWantsAPasswordSaysHowToGiveIt() throws IOException {
    try (TunnelProxy proxy = TunnelProxy.start(1, Optional.of(SHOWN))) {
      assertThatThrownBy(() -> put(options(ProxySelector.of(proxy.address()))))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("found status 407: the proxy wants a user and a password");
    }
  }

  /** A JVM lets passwords into tunnels only if it is told so when it starts. */
  @Test
  void tunnelGetsItsPassword() throws Exception {
    TestAuthority authority = TestAuthority.make(folder);
    try (DockerRegistry registry = DockerRegistry.in(folder).withTls(authority).start();
        TunnelProxy proxy = TunnelProxy.start(registry.port(), Optional.of(SHOWN))) {
      List<String> command =
          ChildJvm.command(ProxyTest.class, List.of("-Djdk.http.auth.tunneling.disabledSchemes="));
      command.add("http://me:secret@127.0.0.1:" + proxy.address().getPort());
      command.add(authority.authority().toString());
      Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
      assertThat(child.inputReader().lines().toList()).containsExactly("true");
      assertThat(registry.blobs()).hasSize(1);
    }
  }

  /** The child: puts a blob through the proxy and with the authority of its arguments. */
  public static void main(String[] arguments) throws IOException {
    ProxySelector proxies = EnvironmentProxies.of(Map.of("HTTPS_PROXY", arguments[0]));
    System.out.println(put(options(proxies).withCaCertificates(Path.of(arguments[1]))));
  }
}
