// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lamina.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry in memory that speaks the distribution specification to the letter, checks what it is
 * given, and remembers every request with its headers.
 */
final class MemoryRegistry implements Closeable {
  private static final Pattern PATH =
      Pattern.compile("/v2/(.+)/(manifests|blobs|tags|referrers)/(.*)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Entry> manifests = new ConcurrentHashMap<>();
  private final Map<String, String> tags = new ConcurrentHashMap<>();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger nextUpload = new AtomicInteger();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Interceptor interceptor = exchange -> false;
  private volatile Predicate<String> mountable = repository -> true;

  /** A manifest with the type it was put under. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String mediaType, byte[] raw) {}

  /** A request that came, but for those that only ask whether somebody is there. */
  record Request(String method, URI uri, Map<String, List<String>> headers) {
    String authorization() {
      return headers.getOrDefault("Authorization", List.of("")).get(0);
    }

    @Override
    public String toString() {
      return method + " " + uri;
    }
  }

  /** Answers a request in the registry's place, or leaves it to the registry. */
  interface Interceptor {
    boolean intercept(HttpExchange exchange) throws IOException;
  }

  private MemoryRegistry(HttpServer server) {
    this.server = server;
  }

  static MemoryRegistry start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    MemoryRegistry registry = new MemoryRegistry(server);
    server.createContext("/", registry::handle);
    server.setExecutor(registry.threads);
    server.start();
    return registry;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String host() {
    return "127.0.0.1:" + port();
  }

  void intercept(Interceptor newInterceptor) {
    interceptor = newInterceptor;
  }

  void refuseMounts() {
    mountable = repository -> false;
  }

  List<Request> requests() {
    return requests;
  }

  /** Puts a blob as if it had been pushed. */
  void putBlob(String repository, byte[] content) {
    blobs.put(repository + "@" + Digest.sha256(content), content);
  }

  void putManifest(String repository, String tag, String mediaType, byte[] raw) {
    String digest = Digest.sha256(raw).toString();
    manifests.put(repository + "@" + digest, new Entry(mediaType, raw));
    tags.put(repository + ":" + tag, digest);
  }

  /** What is there: blobs and manifests by repository and digest, and tags. */
  Map<String, String> contents() {
    Map<String, String> all = new TreeMap<>();
    blobs.forEach((name, content) -> all.put(name, "blob " + content.length));
    manifests.forEach((name, entry) -> all.put(name, "manifest " + entry.mediaType()));
    tags.forEach(all::put);
    return all;
  }

  byte[] manifest(String repository, String tag) {
    return manifests.get(repository + "@" + tags.get(repository + ":" + tag)).raw();
  }

  void clear() {
    blobs.clear();
    manifests.clear();
    tags.clear();
    uploads.clear();
    requests.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  static void answer(HttpExchange exchange, int status, String... headers) throws IOException {
    answer(exchange, status, new byte[0], headers);
  }

  static void answer(HttpExchange exchange, int status, byte[] body, String... headers)
      throws IOException {
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
    }
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(body.length));
    }
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  static void error(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body =
        ("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"as the test wants it\"}]}")
            .getBytes(StandardCharsets.UTF_8);
    answer(exchange, status, body, "Content-Type", "application/json");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      if (!exchange.getRequestURI().getPath().equals("/v2/")) { // asked to learn what is spoken
        requests.add(
            new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                Map.copyOf(exchange.getRequestHeaders())));
      }
      if (!interceptor.intercept(exchange)) {
        serve(exchange);
      }
    } catch (RuntimeException e) {
      answer(exchange, 599, e.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/v2/")) {
      answer(exchange, 200);
      return;
    }
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      error(exchange, 404, "NAME_UNKNOWN");
      return;
    }
    String repository = matcher.group(1);
    String name = matcher.group(3);
    switch (matcher.group(2)) {
      case "manifests" -> serveManifest(exchange, repository, name);
      case "tags" -> serveTags(exchange, repository);
      case "blobs" -> {
        if (repository.endsWith("/blobs")) {
          serveUpload(exchange, repository.substring(0, repository.length() - 6), name);
        } else if (name.equals("uploads/")) {
          beginUpload(exchange, repository);
        } else if (name.startsWith("uploads/")) {
          serveUpload(exchange, repository, name.substring(8));
        } else {
          serveBlob(exchange, repository, name);
        }
      }
      default -> error(exchange, 404, "UNSUPPORTED");
    }
  }

  private void serveManifest(HttpExchange exchange, String repository, String name)
      throws IOException {
    String digest = name.contains(":") ? name : tags.get(repository + ":" + name);
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        byte[] raw = exchange.getRequestBody().readAllBytes();
        String found = hash(raw, name).toString();
        if (name.contains(":") && !name.equals(found)) {
          error(exchange, 400, "DIGEST_INVALID");
          return;
        }
        manifests.put(
            repository + "@" + found,
            new Entry(exchange.getRequestHeaders().getFirst("Content-Type"), raw));
        if (!name.contains(":")) {
          tags.put(repository + ":" + name, found);
        }
        answer(exchange, 201, "Docker-Content-Digest", found, "Location", "/ignored");
      }
      case "DELETE" -> {
        boolean there = digest != null && manifests.remove(repository + "@" + digest) != null;
        answer(exchange, there ? 202 : 404);
      }
      default -> {
        Entry entry = digest == null ? null : manifests.get(repository + "@" + digest);
        if (entry == null) {
          error(exchange, 404, "MANIFEST_UNKNOWN");
        } else {
          answer(
              exchange,
              200,
              entry.raw(),
              "Docker-Content-Digest",
              digest,
              "Content-Type",
              entry.mediaType());
        }
      }
    }
  }

  private static Digest hash(byte[] raw, String name) {
    return name.contains(":")
        ? Digest.of(Digest.parse(name).newHasher().digest(raw))
        : Digest.sha256(raw);
  }

  private void serveTags(HttpExchange exchange, String repository) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    String last = query.startsWith("last=") ? query.substring(5) : "";
    List<String> all =
        tags.keySet().stream()
            .filter(tag -> tag.startsWith(repository + ":"))
            .map(tag -> tag.substring(repository.length() + 1))
            .filter(tag -> tag.compareTo(last) > 0)
            .sorted()
            .toList();
    List<String> page =
        all.subList(0, Math.min(2, all.size())); // small pages, so that there are some
    String json =
        "{\"name\":\""
            + repository
            + "\",\"tags\":["
            + String.join(",", page.stream().map(tag -> '"' + tag + '"').toList())
            + "]}";
    String[] link =
        page.size() < all.size()
            ? new String[] {
              "Link",
              "</v2/"
                  + repository
                  + "/tags/list?last="
                  + page.get(page.size() - 1)
                  + ">; rel=\"next\""
            }
            : new String[0];
    answer(exchange, 200, json.getBytes(StandardCharsets.UTF_8), link);
  }

  private void serveBlob(HttpExchange exchange, String repository, String digest)
      throws IOException {
    byte[] content = blobs.get(repository + "@" + digest);
    if (content == null) {
      error(exchange, 404, "BLOB_UNKNOWN");
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      answer(exchange, 200, content, "Docker-Content-Digest", digest);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
    answer(
        exchange,
        206,
        Arrays.copyOfRange(content, from, content.length),
        "Content-Range",
        "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
  }

  private void beginUpload(HttpExchange exchange, String repository) throws IOException {
    Map<String, String> query = query(exchange);
    String mount = query.get("mount");
    byte[] there = mount == null ? null : blobs.get(query.get("from") + "@" + mount);
    if (there != null && mountable.test(query.get("from"))) {
      blobs.put(repository + "@" + mount, there);
      answer(exchange, 201, "Location", "/v2/" + repository + "/blobs/" + mount);
      return;
    }
    String id = "u" + nextUpload.incrementAndGet();
    uploads.put(id, new ByteArrayOutputStream());
    answer(exchange, 202, "Location", "/v2/" + repository + "/blobs/uploads/" + id + "?state=s");
  }

  private void serveUpload(HttpExchange exchange, String repository, String id) throws IOException {
    ByteArrayOutputStream upload = uploads.get(id);
    if (upload == null) {
      error(exchange, 404, "BLOB_UPLOAD_UNKNOWN");
      return;
    }
    String location = "/v2/" + repository + "/blobs/uploads/" + id + "?state=s";
    switch (exchange.getRequestMethod()) {
      case "PATCH" -> {
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        if (range != null && !range.startsWith(upload.size() + "-")) {
          error(exchange, 416, "BLOB_UPLOAD_INVALID");
          return;
        }
        append(exchange, upload);
        answer(exchange, 202, "Location", location, "Range", "0-" + Math.max(upload.size() - 1, 0));
      }
      case "PUT" -> {
        append(exchange, upload);
        byte[] content = upload.toByteArray();
        String expected = query(exchange).getOrDefault("digest", "");
        if (!hash(content, expected).toString().equals(expected)) {
          error(exchange, 400, "DIGEST_INVALID");
          return;
        }
        uploads.remove(id);
        blobs.put(repository + "@" + expected, content);
        answer(exchange, 201, "Location", "/v2/" + repository + "/blobs/" + expected);
      }
      case "DELETE" -> {
        uploads.remove(id);
        answer(exchange, 204);
      }
      default ->
          answer(
              exchange, 204, "Location", location, "Range", "0-" + Math.max(upload.size() - 1, 0));
    }
  }

  /** Keeps what came before a connection broke, as registries do. */
  private static void append(HttpExchange exchange, ByteArrayOutputStream upload)
      throws IOException {
    byte[] buffer = new byte[8192];
    synchronized (upload) {
      for (int n = exchange.getRequestBody().read(buffer);
          n >= 0;
          n = exchange.getRequestBody().read(buffer)) {
        upload.write(buffer, 0, n);
      }
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> map = new TreeMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        map.put(
            part.substring(0, equals),
            URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return map;
  }
}
