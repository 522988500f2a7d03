// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Directories that are watched. */
interface WatchContract extends ContractFixture {

  /** The next key that is signalled; the host needs a moment for that. */
  private static WatchKey next(WatchService service) throws InterruptedException {
    WatchKey key = service.poll(30, TimeUnit.SECONDS);
    assertThat(key).as("a key is signalled").isNotNull();
    return key;
  }

  private static List<String> taken(WatchKey key) {
    return key.pollEvents().stream().map(event -> event.kind() + " " + event.context()).toList();
  }

  private WatchService watch(Path directory, WatchEvent.Kind<?>... kinds) throws IOException {
    WatchService service = root().getFileSystem().newWatchService();
    WatchKey key = directory.register(service, kinds);
    assertThat(key.watchable()).isEqualTo(directory);
    assertThat(key.isValid()).isTrue();
    return service;
  }

  @Test
  default void whatIsMadeInAWatchedDirectoryIsSignalled() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_CREATE)) {
      Path made = Files.createFile(p("low/made"));
      WatchKey key = next(service);
      assertThat(taken(key)).containsExactly("ENTRY_CREATE made");
      assertThat(key.watchable()).isEqualTo(p("low"));
      assertThat(key.reset()).isTrue();
      Files.createLink(p("low/linked"), made);
      assertThat(taken(next(service))).containsExactly("ENTRY_CREATE linked");
    }
  }

  @Test
  default void aDirectoryAndALinkThatAreMadeAreSignalledToo() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_CREATE)) {
      Files.createDirectory(p("low/folder"));
      WatchKey key = next(service);
      assertThat(taken(key)).containsExactly("ENTRY_CREATE folder");
      assertThat(key.reset()).isTrue();
      Files.createSymbolicLink(p("low/symbolic"), p("low/file"));
      assertThat(taken(next(service))).containsExactly("ENTRY_CREATE symbolic");
    }
  }

  @Test
  default void whatIsDeletedIsSignalled() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_DELETE)) {
      Files.delete(p("low/file"));
      assertThat(taken(next(service))).containsExactly("ENTRY_DELETE file");
    }
  }

  @Test
  default void whatIsWrittenIsSignalled() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_MODIFY)) {
      Files.writeString(p("low/file"), "other");
      assertThat(taken(next(service))).isNotEmpty().containsOnly("ENTRY_MODIFY file");
    }
  }

  @Test
  default void aFileThatIsEmptiedIsSignalled() throws Exception {
    try (WatchService service = watch(p("low/dir"), ENTRY_MODIFY)) {
      Files.newOutputStream(p("low/dir/nested")).close();
      assertThat(taken(next(service))).isNotEmpty().containsOnly("ENTRY_MODIFY nested");
    }
  }

  @Test
  default void changedAttributesAreSignalled() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_MODIFY)) {
      Files.setAttribute(p("low/file"), "unix:mode", 0600);
      assertThat(taken(next(service))).containsExactly("ENTRY_MODIFY file");
    }
  }

  @Test
  default void whatIsMovedIsGoneHereAndMadeThere() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_CREATE);
        WatchService other = watch(p("low/dir"), ENTRY_CREATE, ENTRY_DELETE)) {
      Files.move(p("low/dir/nested"), p("low/moved"));
      assertThat(taken(next(service))).containsExactly("ENTRY_CREATE moved");
      assertThat(taken(next(other))).containsExactly("ENTRY_DELETE nested");
    }
  }

  @Test
  default void onlyWhatWasAskedForIsSignalled() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_DELETE)) {
      Files.createFile(p("low/made"));
      Files.writeString(p("low/made"), "text");
      Files.delete(p("low/made"));
      assertThat(taken(next(service))).containsExactly("ENTRY_DELETE made");
    }
  }

  @Test
  default void whatHappensFurtherDownIsNotSignalled() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_CREATE)) {
      Files.createFile(p("low/dir/made"));
      Files.createFile(p("outside"));
      Files.createFile(p("low/made"));
      assertThat(taken(next(service))).containsExactly("ENTRY_CREATE made");
    }
  }

  @Test
  default void aKeyIsSignalledAgainOnlyWhenItIsReset() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_CREATE)) {
      Files.createFile(p("low/one"));
      WatchKey key = next(service);
      assertThat(taken(key)).containsExactly("ENTRY_CREATE one");
      Files.createFile(p("low/two"));
      assertThat(service.poll()).isNull();
      assertThat(key.reset()).isTrue();
      assertThat(next(service)).isSameAs(key);
      assertThat(taken(key)).containsExactly("ENTRY_CREATE two");
    }
  }

  @Test
  default void aDirectoryIsWatchedByOneKey() throws Exception {
    try (WatchService service = watch(p("low"), ENTRY_CREATE)) {
      WatchKey first = p("low").register(service, ENTRY_CREATE);
      assertThat(p("low").register(service, ENTRY_DELETE)).isSameAs(first);
      Files.createFile(p("low/made"));
      Files.delete(p("low/made"));
      assertThat(taken(next(service))).containsExactly("ENTRY_DELETE made");
    }
  }

  @Test
  default void aCancelledKeyHearsNothing() throws Exception {
    try (WatchService service = root().getFileSystem().newWatchService()) {
      WatchKey key = p("low").register(service, ENTRY_CREATE);
      key.cancel();
      key.cancel();
      assertThat(key.isValid()).isFalse();
      assertThat(key.reset()).isFalse();
      Files.createFile(p("low/made"));
      assertThat(service.poll()).isNull();
    }
  }

  @Test
  default void aDeletedDirectoryIsWatchedNoMore() throws Exception {
    Path folder = Files.createDirectory(p("low/folder"));
    try (WatchService service = watch(folder, ENTRY_CREATE)) {
      Files.delete(folder);
      WatchKey key = next(service);
      assertThat(taken(key)).isEmpty();
      assertThat(key.reset()).isFalse();
      assertThat(key.isValid()).isFalse();
    }
  }

  @Test
  default void onlyADirectoryIsWatched() throws Exception {
    try (WatchService service = root().getFileSystem().newWatchService()) {
      assertThatThrownBy(() -> p("low/file").register(service, ENTRY_CREATE))
          .isInstanceOf(NotDirectoryException.class);
      assertThatThrownBy(() -> p("missing").register(service, ENTRY_CREATE))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> p("low").register(service))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void closingAServiceWakesWhoWaitsAndEndsItsKeys() throws Exception {
    WatchService service = root().getFileSystem().newWatchService();
    WatchKey key = p("low").register(service, ENTRY_CREATE);
    CompletableFuture<WatchKey> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return service.take();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            task -> new Thread(task).start());
    service.close();
    assertThatThrownBy(() -> resultOf(waiting)).isInstanceOf(ClosedWatchServiceException.class);
    assertThat(key.isValid()).isFalse();
    assertThatThrownBy(service::poll).isInstanceOf(ClosedWatchServiceException.class);
    assertThatThrownBy(() -> p("low").register(service, ENTRY_CREATE))
        .isInstanceOf(ClosedWatchServiceException.class);
  }

  private static WatchKey resultOf(CompletableFuture<WatchKey> future)
      throws InterruptedException, TimeoutException {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    }
  }
}
