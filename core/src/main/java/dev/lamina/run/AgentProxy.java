// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.Mount;
import dev.lamina.spi.RunException;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A socket with the owner and mode a process wants, that passes every connection on to the ssh
 * agent of the host: the agent's own socket is open to its owner only, and has to stay so.
 */
final class AgentProxy implements Closeable {
  private static final int CHUNK = 16 * 1024;

  private final Path folder;
  private final Path socket;
  private final Path agent;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private AgentProxy(Path folder, Path socket, Path agent, ServerSocketChannel server) {
    this.folder = folder;
    this.socket = socket;
    this.agent = agent;
    this.server = server;
  }

  /**
   * Starts to listen. The socket lies in the folder for temporary files: its path must be shorter
   * than 108 bytes.
   */
  static AgentProxy open(Mount.Ssh ssh, Identity identity) throws IOException {
    if (!Files.exists(ssh.socket())) {
      throw new RunException("ssh agent: " + ssh.socket() + ": not found");
    }
    Path folder = Files.createTempDirectory("lamina-ssh");
    Path socket = folder.resolve("agent");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    boolean open = false;
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setAttribute(socket, "unix:mode", ssh.mode());
      if (!identity.isSingle()) { // else root is all there is, and has it already
        HostCommand.Result<String> unused =
            HostCommand.run(
                    identity.inside(
                        List.of("chown", ssh.uid() + ":" + ssh.gid(), socket.toString())))
                .requireSuccess();
      }
      AgentProxy proxy = new AgentProxy(folder, socket, ssh.socket(), server);
      start(proxy::accept);
      open = true;
      return proxy;
    } finally {
      if (!open) {
        server.close();
        Files.deleteIfExists(socket);
        Files.delete(folder);
      }
    }
  }

  /** Returns the socket to be mounted. */
  Path socket() {
    return socket;
  }

  private static void start(Runnable body) {
    Thread thread = new Thread(body, "lamina-ssh");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        connect(server.accept());
      }
    } catch (IOException e) {
      // The proxy is closed.
    }
  }

  private void connect(SocketChannel client) throws IOException {
    connections.add(client);
    try {
      SocketChannel upstream = SocketChannel.open(UnixDomainSocketAddress.of(agent));
      connections.add(upstream);
      start(() -> copy(client, upstream));
      start(() -> copy(upstream, client));
    } catch (IOException e) {
      client.close(); // the agent is gone
    }
  }

  private void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    try (from;
        to) {
      while (from.read(chunk.clear()) >= 0) {
        chunk.flip();
        while (chunk.hasRemaining()) {
          int unused = to.write(chunk);
        }
      }
    } catch (IOException e) {
      // One side hung up: so does the other.
    } finally {
      connections.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel connection : connections) {
      connection.close();
    }
    Files.deleteIfExists(socket);
    Files.deleteIfExists(folder);
  }
}
