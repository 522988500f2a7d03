// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lamina.spi.RemoteFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  @TempDir Path folder;

  /** What the proxy was asked, and with which password. */
  private final List<String> asked = new ArrayList<>();

  private HttpServer proxy;

  @BeforeEach
  void start() throws Exception {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          String password = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          asked.add(exchange.getRequestURI() + " " + password);
          byte[] body = "file".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    proxy.start();
  }

  @AfterEach
  void stop() {
    proxy.stop(0);
  }

  @Test
  void fileIsFetchedThroughTheEnvironmentsProxy() throws Exception {
    String address = "http://me:pw@127.0.0.1:" + proxy.getAddress().getPort();
    Downloads downloads = new Downloads(() -> folder, Map.of("HTTP_PROXY", address));
    RemoteFile file = downloads.fetch(URI.create("http://files.test/a"));
    assertThat(file.content().toByteArray()).asString().isEqualTo("file");
    assertThat(asked).containsExactly("http://files.test/a Basic bWU6cHc=");
  }
}
