// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.store.LocalStore;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ADD of URLs, with what Docker Engine 28.5.2 made of the same answers of a server. */
class RemoteSourcesTest {
  private static final String MODIFIED = "Sun, 09 Sep 2001 01:46:40 GMT";
  private static final Instant TIME = Instant.ofEpochSecond(1_000_000_000);

  @TempDir Path folder;
  private HttpServer server;
  private String url;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String credentials = exchange.getRequestHeaders().getFirst("Authorization");
    String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
    requests.add(path + (condition == null ? "" : " if not " + condition));
    var headers = exchange.getResponseHeaders();
    switch (path) {
      case "/moved" -> send(exchange, 302, Map.of("Location", "/final/file"), new byte[0]);
      case "/moved-away" -> {
        String other = url.replace("127.0.0.1", "localhost") + "/credentials";
        send(exchange, 302, Map.of("Location", other), new byte[0]);
      }
      case "/round" -> send(exchange, 302, Map.of("Location", "/round"), new byte[0]);
      case "/missing" -> send(exchange, 404, Map.of(), bytes("none"));
      case "/broken" -> send(exchange, 500, Map.of(), bytes("broken"));
      case "/nothing" -> send(exchange, 204, Map.of(), new byte[0]);
      case "/called" ->
          send(
              exchange,
              200,
              Map.of("Content-Disposition", "attachment; filename=\"other\""),
              bytes("called"));
      case "/undated" -> send(exchange, 200, Map.of("Last-Modified", "yesterday"), bytes("old"));
      case "/encoded" ->
          send(exchange, 200, Map.of("Content-Encoding", "gzip"), gzip(bytes("encoded")));
      case "/a.tar.gz" -> send(exchange, 200, Map.of(), gzip(tar()));
      case "/credentials" -> send(exchange, 200, Map.of(), bytes(String.valueOf(credentials)));
      case "/tagged" -> {
        headers.set("ETag", "\"1\"");
        send(exchange, condition == null ? 200 : 304, Map.of(), bytes("tagged"));
      }
      default -> send(exchange, 200, Map.of("Last-Modified", MODIFIED), bytes("at " + path));
    }
  }

  private static void send(
      HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
      throws IOException {
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean none = status == 204 || status == 304 || body.length == 0;
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = TarWriter.over(out);
    Metadata metadata = Metadata.of(0640, TIME).withOwner(3, 4);
    tar.write(TarEntry.file("in/x", metadata, 1), Content.of(bytes("x")));
    tar.finish();
    return out.toByteArray();
  }

  /** Builds in a store that is opened anew, as another process would. */
  private FileTree build(String add) throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      return new DockerfileBuilder(store, new StoreImages(store))
          .build(BuildRequest.of(Dockerfile.parse("FROM scratch\n" + add.replace("URL", url))))
          .tree();
    }
  }

  private static Node node(FileTree tree, String path) {
    return tree.node(TreePath.of(path)).orElseThrow(() -> new AssertionError(path + ": " + tree));
  }

  private static String text(FileTree tree, String path) throws IOException {
    return new String(((Node.File) node(tree, path)).content().toByteArray(), UTF_8);
  }

  @Test
  void aFileIsForItsOwnerOnlyAndAsOldAsTheServerSays() throws Exception {
    FileTree tree = build("ADD URL/dir/file /x/");
    assertThat(text(tree, "/x/file")).isEqualTo("at /dir/file");
    assertThat(node(tree, "/x/file").mode()).isEqualTo(0600);
    assertThat(node(tree, "/x/file").mtime()).isEqualTo(TIME);
    FileTree undated = build("ADD --chmod=750 --chown=5:6 URL/undated /x");
    assertThat(node(undated, "/x").mtime()).isEqualTo(Instant.EPOCH);
    assertThat(node(undated, "/x").mode()).isEqualTo(0750);
    assertThat(node(undated, "/x").uid()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "URL/a/b/, b",
    "URL, __unnamed__",
    "URL/, __unnamed__",
    "URL/a%20b?q=/c#d, a b",
    "URL/x%2fy, y",
    "URL/.., download",
    "URL/*, *",
    "URL/moved, moved",
    "URL/called, called",
  })
  void nameIsTheEndOfTheWrittenPath(String source, String name) throws Exception {
    assertThat(build("ADD " + source + " /x/").node(TreePath.of("/x/" + name))).isPresent();
  }

  @Test
  void aBlankInAUrlIsEscaped() throws Exception {
    assertThat(text(build("ADD [\"URL/a b\", \"/x/\"]"), "/x/a b")).isEqualTo("at /a%20b");
  }

  @Test
  void redirectsAreFollowedAndNothingIsAnEmptyFile() throws Exception {
    assertThat(text(build("ADD URL/moved /x"), "/x")).isEqualTo("at /final/file");
    assertThat(text(build("ADD URL/nothing /x"), "/x")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "URL/missing, invalid response status 404",
    "URL/broken, invalid response status 500",
    "URL/round, more than 10 redirects",
    "http://127.0.0.1:99999/x, port out of range",
    "http://127.0.0.1:1x/x, perhaps a port",
    "http://127.0.0.1:1/x, Connect",
    "URL/%zz, not a URL",
  })
  void whatCanNotBeHadIsAnErrorOfItsLine(String source, String problem) {
    assertThatThrownBy(() -> build("ADD " + source + " /x"))
        .isInstanceOfSatisfying(
            BuildException.class,
            e -> {
              assertThat(e).hasMessageContaining(problem);
              assertThat(e.line()).isEqualTo(2);
            });
  }

  @Test
  void checksumDecides() throws Exception {
    String right = Hashing.sha256().hashString("at /f", UTF_8).toString();
    assertThat(text(build("ADD --checksum=sha256:" + right + " URL/f /x"), "/x"))
        .isEqualTo("at /f");
    assertThatThrownBy(() -> build("ADD --checksum=sha256:" + right + " URL/g /x"))
        .hasMessageContaining("digest mismatch");
  }

  @Test
  void anArchiveIsUnpackedIfItIsAskedFor() throws Exception {
    assertThat(node(build("ADD URL/a.tar.gz /x/"), "/x/a.tar.gz")).isInstanceOf(Node.File.class);
    FileTree tree = build("ADD --unpack=true URL/a.tar.gz /x/");
    assertThat(text(tree, "/x/in/x")).isEqualTo("x");
    assertThat(node(tree, "/x/in/x").gid()).isEqualTo(4);
  }

  @Test
  void whatAServerEncodesIsDecoded() throws Exception {
    assertThat(text(build("ADD URL/encoded /x"), "/x")).isEqualTo("encoded");
  }

  @Test
  void credentialsOfAUrlGoToItsHostOnly() throws Exception {
    String with = url.replace("http://", "http://user:word@");
    assertThat(text(build("ADD " + with + "/credentials /x"), "/x"))
        .isEqualTo("Basic dXNlcjp3b3Jk");
    assertThat(text(build("ADD " + with + "/moved-away /x"), "/x")).isEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADD URL/tagged /x", "ADD URL/tagged /x\nADD URL/tagged /y"})
  void theNextBuildAsksWhetherItIsStillTheSame(String adds) throws Exception {
    assertThat(text(build(adds), "/x")).isEqualTo("tagged");
    assertThat(text(build(adds), "/x")).isEqualTo("tagged");
    assertThat(requests).containsExactly("/tagged", "/tagged if not \"1\"");
  }

  @Test
  void withAChecksumTheNextBuildAsksNobody() throws Exception {
    String add =
        "ADD --checksum=sha256:" + Hashing.sha256().hashString("tagged", UTF_8) + " URL/tagged /x";
    FileTree first = build(add);
    assertThat(build(add).diff(first).isEmpty()).isTrue();
    assertThat(requests).containsExactly("/tagged");
  }
}
