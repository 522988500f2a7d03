// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Asynchronous channels. */
interface AsyncContract extends ContractFixture {

  private AsynchronousFileChannel open(String path, OpenOption... options) throws IOException {
    return AsynchronousFileChannel.open(p(path), options);
  }

  /** Completes a future with what a handler is told. */
  private static CompletionHandler<Integer, CompletableFuture<Integer>> handler() {
    return new CompletionHandler<>() {
      @Override
      public void completed(Integer result, CompletableFuture<Integer> future) {
        future.complete(result);
      }

      @Override
      public void failed(Throwable problem, CompletableFuture<Integer> future) {
        future.completeExceptionally(problem);
      }
    };
  }

  @Test
  default void aFutureTellsWhatWasRead() throws Exception {
    try (AsynchronousFileChannel channel = open("low/file", StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(100);
      assertThat(channel.read(buffer, 6).get()).isEqualTo(4);
      assertThat(UTF_8.decode(buffer.flip()).toString()).isEqualTo("text");
      assertThat(channel.read(ByteBuffer.allocate(1), 10).get()).isEqualTo(-1);
    }
  }

  @Test
  default void aHandlerIsToldWhatWasWritten() throws Exception {
    try (AsynchronousFileChannel channel =
        open("a", StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      CompletableFuture<Integer> done = new CompletableFuture<>();
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 2, done, handler());
      assertThat(done.get()).isEqualTo(3);
    }
    assertThat(Files.readAllBytes(p("a"))).containsExactly(0, 0, 1, 2, 3);
  }

  @Test
  default void aHandlerReads() throws Exception {
    try (AsynchronousFileChannel channel = open("low/file", StandardOpenOption.READ)) {
      CompletableFuture<Integer> done = new CompletableFuture<>();
      channel.read(ByteBuffer.allocate(5), 0, done, handler());
      assertThat(done.get()).isEqualTo(5);
    }
  }

  @Test
  default void anExecutorOfOnesOwnRunsIt() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(p("low/file"), Set.of(StandardOpenOption.READ), executor)) {
      assertThat(channel.read(ByteBuffer.allocate(5), 0).get()).isEqualTo(5);
    } finally {
      executor.shutdown();
    }
  }

  @Test
  default void manyWritesAtOnceAllArrive() throws Exception {
    try (AsynchronousFileChannel channel =
        open("a", StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      List<Future<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        writes.add(channel.write(ByteBuffer.wrap(new byte[] {(byte) i, (byte) i}), 2L * i));
      }
      for (Future<Integer> write : writes) {
        assertThat(write.get()).isEqualTo(2);
      }
    }
    byte[] bytes = Files.readAllBytes(p("a"));
    assertThat(bytes).hasSize(400);
    for (int i = 0; i < 400; i++) {
      assertThat(bytes[i]).isEqualTo((byte) (i / 2));
    }
  }

  @Test
  default void anAsynchronousChannelHasASizeAndIsTruncated() throws IOException {
    try (AsynchronousFileChannel channel = open("low/file", StandardOpenOption.WRITE)) {
      assertThat(channel.size()).isEqualTo(10);
      assertThat(channel.truncate(4).size()).isEqualTo(4);
      channel.force(true);
    }
    assertThat(Files.readString(p("low/file"))).isEqualTo("lowe");
  }

  @Test
  default void anAsynchronousChannelDoesNotAppend() {
    assertThatThrownBy(() -> open("low/file", StandardOpenOption.APPEND))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  default void anAsynchronousReaderDoesNotWrite() throws IOException {
    try (AsynchronousFileChannel channel = open("low/file", StandardOpenOption.READ)) {
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1), 0))
          .isInstanceOf(NonWritableChannelException.class);
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), -1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer(), 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
    try (AsynchronousFileChannel channel = open("low/file", StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 0))
          .isInstanceOf(NonReadableChannelException.class);
    }
  }

  @Test
  default void aClosedAsynchronousChannelFailsItsFutures() throws Exception {
    AsynchronousFileChannel channel = open("low/file", StandardOpenOption.READ);
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    Future<Integer> read = channel.read(ByteBuffer.allocate(1), 0);
    assertThatThrownBy(read::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  default void anAsynchronousLockIsGivenAndReleased() throws Exception {
    try (AsynchronousFileChannel channel = open("low/file", StandardOpenOption.WRITE)) {
      FileLock lock = channel.lock().get();
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(() -> channel.tryLock(0, 1, false))
          .isInstanceOf(OverlappingFileLockException.class);
      lock.release();
      assertThat(channel.tryLock(0, 1, false).isValid()).isTrue();
    }
  }

  @Test
  default void aMissingFileIsNotOpenedAsynchronously() {
    assertThatThrownBy(() -> open("no", StandardOpenOption.READ))
        .isInstanceOf(NoSuchFileException.class);
  }
}
