// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that makes tunnels, all to one port of this host, and remembers what was asked. */
final class TunnelProxy implements Closeable {
  private final ServerSocket server;
  private final int target;
  private final Optional<String> wanted;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private TunnelProxy(ServerSocket server, int target, Optional<String> wanted) {
    this.server = server;
    this.target = target;
    this.wanted = wanted;
  }

  /**
   * Starts a proxy.
   *
   * @param wanted the value of Proxy-Authorization without which there is no tunnel
   */
  static TunnelProxy start(int target, Optional<String> wanted) throws IOException {
    ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    TunnelProxy proxy = new TunnelProxy(server, target, wanted);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Returns the requests, with their headers. */
  List<String> heads() {
    return heads;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        sockets.add(client);
        threads.execute(() -> tunnel(client));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void tunnel(Socket client) {
    try (client) {
      String head = readHead(client.getInputStream());
      heads.add(head);
      OutputStream out = client.getOutputStream();
      if (wanted.isPresent() && !head.contains("Proxy-Authorization: " + wanted.get())) {
        answer(
            out, "407 Who is it", "Proxy-Authenticate: Basic realm=\"test\"", "Content-Length: 0");
        return;
      }
      try (Socket registry = new Socket(InetAddress.getLoopbackAddress(), target)) {
        sockets.add(registry);
        answer(out, "200 OK");
        threads.execute(() -> pump(client, registry));
        pump(registry, client);
      }
    } catch (IOException e) {
      // One of the sides is gone.
    }
  }

  private static void answer(OutputStream out, String status, String... headers)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of("HTTP/1.1 " + status));
    lines.addAll(List.of(headers));
    out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void pump(Socket from, Socket to) {
    try {
      long unused = from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the sides is gone.
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (head.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
