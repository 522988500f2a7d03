// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
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
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a registry and, at the requests it is told, does what networks and
 * registries do at their worst. Wants a password, and remembers who saw one. One request a
 * connection.
 */
final class FaultProxy implements Closeable {
  /** What goes wrong. */
  enum Fault {
    STATUS_408,
    STATUS_429,
    STATUS_500,
    STATUS_502,
    STATUS_503,
    STATUS_504,
    /** The connection ends before any answer. */
    CLOSED,
    /** The connection is reset before any answer. */
    RESET,
    /** The connection is reset when half of the request's body has come. */
    RESET_IN_REQUEST,
    /** The registry does what it is asked, and its answer is lost. */
    ANSWER_LOST,
    /** The connection ends within the answer. */
    TRUNCATED,
    /** No answer comes. */
    STALLED,
    /** The answer stops half way. */
    STALLED_IN_ANSWER,
    /** Every answer is a redirect to the same place. */
    REDIRECT_LOOP,
    /** Another host has it. */
    REDIRECT_AWAY,
    /** One bit of what is sent, or answered, is another. */
    CORRUPTED
  }

  /** What is asked. */
  enum Verb {
    GET_MANIFEST,
    GET_BLOB,
    HEAD,
    POST,
    PATCH,
    PUT;

    private boolean matches(Request request) {
      return switch (this) {
        case GET_MANIFEST ->
            request.method().equals("GET") && request.path().contains("/manifests/");
        case GET_BLOB ->
            request.method().equals("GET") && request.path().contains("/blobs/sha256:");
        default -> request.method().equals(name());
      };
    }
  }

  /**
   * When something goes wrong.
   *
   * @param at at which request of the verb, from 1 on
   * @param always whether at every one after it too
   */
  record Plan(Fault fault, Verb verb, int at, boolean always) {}

  /**
   * A request.
   *
   * @param head with its last, empty line
   * @param contentLength of the body, which is still to be read
   */
  private record Request(String method, String path, String head, int contentLength) {
    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  private final ServerSocket server;
  private final int backend;
  private final Optional<Plan> plan;
  private final Optional<FaultProxy> away;
  private final AtomicInteger matching = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  private FaultProxy(
      ServerSocket server, int backend, Optional<Plan> plan, Optional<FaultProxy> away) {
    this.server = server;
    this.backend = backend;
    this.plan = plan;
    this.away = away;
  }

  /** Starts a proxy that wants the password {@code ci:secret} and follows a plan. */
  static FaultProxy start(int backend, Plan plan, FaultProxy away) throws IOException {
    return start("127.0.0.1", backend, Optional.of(plan), Optional.of(away));
  }

  /** Starts another host, that lets everybody in and does no wrong. */
  static FaultProxy startAway(int backend) throws IOException {
    return start("127.0.0.2", backend, Optional.empty(), Optional.empty());
  }

  private static FaultProxy start(
      String host, int backend, Optional<Plan> plan, Optional<FaultProxy> away) throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(new InetSocketAddress(host, 0), 64);
    FaultProxy proxy = new FaultProxy(server, backend, plan, away);
    daemon(proxy::accept);
    return proxy;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  String host() {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /** How many requests of the planned verb have come. */
  int matching() {
    return matching.get();
  }

  /** The values of all {@code Authorization} headers that came. */
  List<String> authorizations() {
    return authorizations;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try {
      Request request = read(socket.getInputStream());
      String authorization = request.header("Authorization");
      if (!authorization.isEmpty()) {
        authorizations.add(authorization);
      }
      boolean mine = plan.isPresent() && plan.get().verb().matches(request);
      if (plan.isPresent() && authorization.isEmpty()) {
        body(socket, request);
        answer(socket, "401 Who", "WWW-Authenticate: Basic realm=\"test\"\r\n");
        return;
      }
      int number = mine ? matching.incrementAndGet() : 0;
      if (mine
          && (number == plan.get().at() || (plan.get().always() && number > plan.get().at()))) {
        fail(socket, request, plan.get().fault());
      } else {
        write(socket, forward(request, body(socket, request)));
      }
    } catch (IOException e) {
      close(socket); // the client is gone, or the test is over
    }
  }

  private void fail(Socket socket, Request request, Fault fault) throws IOException {
    switch (fault) {
      case CLOSED -> socket.close();
      case RESET -> reset(socket);
      case RESET_IN_REQUEST -> {
        byte[] unused = socket.getInputStream().readNBytes(request.contentLength() / 2);
        reset(socket);
      }
      case STALLED -> {
        body(socket, request);
      }
      case REDIRECT_LOOP, REDIRECT_AWAY -> {
        body(socket, request);
        String to = fault == Fault.REDIRECT_LOOP ? host() : away.orElseThrow().host();
        answer(socket, "307 There", "Location: http://" + to + request.path() + "\r\n");
      }
      case CORRUPTED -> {
        byte[] body = body(socket, request);
        byte[] response = forward(request, flipped(body, 0));
        write(socket, body.length > 0 ? response : flipped(response, headEnd(response)));
      }
      case ANSWER_LOST, TRUNCATED, STALLED_IN_ANSWER -> {
        byte[] response = forward(request, body(socket, request));
        if (fault == Fault.ANSWER_LOST) {
          reset(socket);
          return;
        }
        int head = headEnd(response);
        boolean noBody = head == response.length;
        int half = noBody ? response.length / 2 : head + (response.length - head) / 2;
        socket.getOutputStream().write(response, 0, half);
        if (fault == Fault.TRUNCATED) {
          socket.close();
        }
      }
      default -> {
        body(socket, request);
        answer(socket, fault.name().substring(7) + " Later", "Retry-After: 0\r\n");
      }
    }
  }

  /** Flips the lowest bit of the middle byte of what comes after a position, if anything does. */
  private static byte[] flipped(byte[] bytes, int from) {
    byte[] copy = bytes.clone();
    if (copy.length > from) {
      copy[from + (copy.length - from) / 2] ^= 1;
    }
    return copy;
  }

  private static int headEnd(byte[] response) {
    String text = new String(response, StandardCharsets.ISO_8859_1);
    return text.indexOf("\r\n\r\n") + 4;
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone in any case
    }
  }

  private static void answer(Socket socket, String status, String headers) throws IOException {
    String head =
        "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\nConnection: close\r\n\r\n";
    write(socket, head.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void write(Socket socket, byte[] response) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(response);
    out.flush();
    socket.close();
  }

  @CanIgnoreReturnValue
  private static byte[] body(Socket socket, Request request) throws IOException {
    byte[] body = socket.getInputStream().readNBytes(request.contentLength());
    if (body.length < request.contentLength()) {
      throw new EOFException("request body");
    }
    return body;
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("request head");
      }
      head.write(b);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    String[] words = text.substring(0, text.indexOf('\r')).split(" ", -1);
    Request request = new Request(words[0], words[1], text, 0);
    String length = request.header("Content-Length");
    return new Request(words[0], words[1], text, length.isEmpty() ? 0 : Integer.parseInt(length));
  }

  /** Asks the registry, and returns its whole answer. */
  private byte[] forward(Request request, byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), backend)) {
      List<String> lines = new ArrayList<>(List.of(request.head().split("\r\n", -1)));
      lines.removeIf(
          line -> line.isEmpty() || line.toLowerCase(Locale.ROOT).startsWith("connection"));
      lines.add("Connection: close");
      String head = String.join("\r\n", lines) + "\r\n\r\n";
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return closing(socket.getInputStream().readAllBytes());
    }
  }

  /** Says that the connection ends with this answer: else the client would use it once more. */
  private static byte[] closing(byte[] response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int head = headEnd(response) - 2;
    byte[] header = "Connection: close\r\n".getBytes(StandardCharsets.ISO_8859_1);
    out.write(response, 0, head);
    out.writeBytes(header);
    out.write(response, head, response.length - head);
    return out.toByteArray();
  }
}
