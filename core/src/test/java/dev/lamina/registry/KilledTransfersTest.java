// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.lamina.Image;
import dev.lamina.ImageStore;
import dev.lamina.Pull;
import dev.lamina.Push;
import dev.lamina.Samples;
import dev.lamina.archive.DockerArchive;
import dev.lamina.fs.Changes;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process is killed while it pulls, pushes, loads or saves: there is no half image, and whoever
 * does the same again comes to the same end, without moving again what had arrived.
 */
class KilledTransfersTest {
  private static final int LAYERS = 3;

  @TempDir Path folder;
  private MemoryRegistry registry;
  private String app;

  @BeforeEach
  void start() throws IOException {
    registry = MemoryRegistry.start();
    app = registry.host() + "/shop/app:1";
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** An image whose layers share nothing and don't compress. */
  private static void make(Path store, String name, int seed) throws IOException {
    try (LocalStore opened = LocalStore.open(store)) {
      Changes[] layers = new Changes[LAYERS];
      for (int i = 0; i < LAYERS; i++) {
        layers[i] = Samples.file("/" + i, Samples.noise(300_000, seed * 10 + i));
      }
      Samples.named(opened, name, layers);
    }
  }

  /** Kills a child in the middle of the n-th request of a kind. */
  private void killAt(
      int n, Predicate<HttpExchange> kind, CompletableFuture<Process> child, boolean answering) {
    AtomicInteger seen = new AtomicInteger();
    registry.intercept(
        exchange -> {
          if (!kind.test(exchange) || seen.incrementAndGet() != n) {
            return false;
          }
          if (answering) { // with an answer that has only just begun
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
          }
          kill(child.join());
          throw new IOException("the other side is gone");
        });
  }

  /** By its handle: the process itself would close what it has still said. */
  private static void kill(Process child) {
    assertThat(child.toHandle().destroyForcibly()).isTrue();
    child.onExit().join();
    assertThat(child.exitValue()).isEqualTo(128 + 9);
  }

  private static boolean isBlobRequest(HttpExchange exchange, String method) {
    return exchange.getRequestMethod().equals(method)
        && exchange.getRequestURI().getPath().contains("/blobs/");
  }

  private long requests(String method, String part) {
    return registry.requests().stream()
        .filter(r -> r.method().equals(method) && r.uri().getPath().contains(part))
        .count();
  }

  /** Nothing is named, nothing is broken, and no temporary file is left. */
  private static void assertNothingNamed(Path store) throws IOException {
    try (LocalStore opened = LocalStore.open(store)) {
      assertThat(opened.check().findings()).isEmpty();
      assertThat(opened.names().list()).isEmpty();
      assertThat(opened.images()).isEmpty();
      try (Stream<Path> left = Files.walk(store.resolve("lamina/temp"))) {
        assertThat(left.filter(Files::isRegularFile).filter(file -> !file.endsWith("alive")))
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, LAYERS + 1})
  void killedPullGoesOnWithTheLayersThatAreMissing(int blob) throws Exception {
    make(folder.resolve("source"), app, 1);
    try (ImageStore source = ImageStore.open(folder.resolve("source"))) {
      source.push(app);
    }
    CompletableFuture<Process> child = new CompletableFuture<>();
    killAt(blob, exchange -> isBlobRequest(exchange, "GET"), child, true);
    Path store = folder.resolve("store");
    child.complete(TransferChild.start(store, "pull", app));
    child.join().onExit().join();
    assertNothingNamed(store);

    registry.intercept(exchange -> false);
    registry.requests().clear();
    try (ImageStore opened = ImageStore.open(store)) {
      Image pulled = opened.pull(Pull.of(app).registry(TransferChild::slowly));
      assertThat(pulled.tree().size()).isEqualTo(LAYERS + 1);
      assertThat(opened.check().findings()).isEmpty();
    }
    int arrived = Math.max(blob - 2, 0); // the first blob is the configuration
    assertThat(requests("GET", "/blobs/")).isEqualTo(LAYERS + 1 - arrived);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 12})
  void killedPushGoesOnWithTheBlobsThatAreMissing(int piece) throws Exception {
    Path store = folder.resolve("store");
    make(store, app, 1);
    CompletableFuture<Process> child = new CompletableFuture<>();
    killAt(piece, exchange -> isBlobRequest(exchange, "PATCH"), child, false);
    child.complete(TransferChild.start(store, "push", app));
    child.join().onExit().join();
    assertThat(registry.contents().keySet()).noneMatch(name -> name.equals("shop/app:1"));
    long arrived = registry.contents().size();
    assertThat(arrived).isLessThan(LAYERS + 1);

    registry.intercept(exchange -> false);
    registry.requests().clear();
    try (ImageStore opened = ImageStore.open(store)) {
      assertThat(opened.check().findings()).isEmpty();
      opened.push(Push.of(app).registry(TransferChild::slowly));
    }
    assertThat(requests("POST", "/uploads/")).isEqualTo(LAYERS + 1 - arrived);
    assertThat(registry.contents()).containsKey("shop/app:1").hasSize(LAYERS + 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 50, 99})
  void killedLoadLeavesNothingAndCanBeDoneAgain(int percent) throws Exception {
    make(folder.resolve("source"), "shop/app:1", 1);
    Path archive = folder.resolve("app.tar");
    try (ImageStore source = ImageStore.open(folder.resolve("source"))) {
      source.image("shop/app:1").writeTo(DockerArchive.at(archive));
    }
    byte[] bytes = Files.readAllBytes(archive);
    Path store = folder.resolve("store");
    Process child = TransferChild.start(store, "load");
    OutputStream in = child.getOutputStream();
    in.write(bytes, 0, bytes.length / 100 * percent);
    in.flush();
    kill(child);
    assertNothingNamed(store);
    try (ImageStore opened = ImageStore.open(store)) {
      assertThat(opened.load(archive).get(0).tree().size()).isEqualTo(LAYERS + 1);
      assertThat(opened.check().findings()).isEmpty();
    }
  }

  @Test
  void killedSaveLeavesTheArchiveThatWasThereOrTheNewOne() throws Exception {
    Path store = folder.resolve("store");
    make(store, "shop/one:1", 1);
    make(store, "shop/two:1", 2);
    Path out = Files.createDirectory(folder.resolve("out"));
    for (int saved = 1; saved <= 4; saved++) {
      Process child = TransferChild.start(store, "save", out.toString());
      try (var said = child.inputReader()) {
        for (int i = 0; i < saved; i++) {
          assertThat(said.readLine()).startsWith("shop/");
        }
        kill(child);
      }
      for (String archive : List.of("docker.tar", "oci.tar", "layout")) {
        try (ImageStore opened = ImageStore.inMemory()) {
          List<Image> images = opened.load(out.resolve(archive));
          assertThat(images).as(archive).isNotEmpty();
          assertThat(opened.check().findings()).as(archive).isEmpty();
          for (Image image : images) {
            assertThat(image.tree().size()).as(archive).isEqualTo(LAYERS + 1);
          }
        }
      }
    }
    try (LocalStore opened = LocalStore.open(store)) {
      assertThat(opened.check().findings()).isEmpty();
    }
  }
}
