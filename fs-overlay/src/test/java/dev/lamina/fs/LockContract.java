// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** File locks, which are those of one JVM. */
interface LockContract extends ContractFixture {
  @Test
  default void locksOfOneJvmDoNotOverlap() throws IOException {
    try (FileChannel one = FileChannel.open(p("low/file"), StandardOpenOption.WRITE);
        FileChannel two = FileChannel.open(p("low/hard"), StandardOpenOption.WRITE)) {
      one.lock(0, 10, false);
      assertThatThrownBy(() -> two.tryLock(5, 10, false))
          .isInstanceOf(OverlappingFileLockException.class);
      assertThat(two.tryLock(10, 5, false).isValid()).isTrue();
    }
  }

  private FileChannel writer(String path) throws IOException {
    return FileChannel.open(p(path), StandardOpenOption.WRITE);
  }

  @Test
  default void aLockOfAllOverlapsEveryOther() throws IOException {
    try (FileChannel one = writer("low/file");
        FileChannel two = writer("low/file")) {
      FileLock lock = one.lock();
      assertThat(lock.isShared()).isFalse();
      assertThat(lock.position()).isZero();
      assertThat(lock.size()).isEqualTo(Long.MAX_VALUE);
      assertThatThrownBy(() -> two.tryLock(1_000_000, 1, false))
          .isInstanceOf(OverlappingFileLockException.class);
    }
  }

  @Test
  default void aReleasedLockIsFree() throws IOException {
    try (FileChannel one = writer("low/file");
        FileChannel two = writer("low/file")) {
      FileLock lock = one.lock();
      lock.release();
      assertThat(lock.isValid()).isFalse();
      assertThat(two.tryLock()).isNotNull();
    }
  }

  @Test
  default void closingTheChannelReleasesItsLocks() throws IOException {
    FileLock lock;
    try (FileChannel one = writer("low/file")) {
      lock = one.lock();
      assertThat(lock.acquiredBy()).isSameAs(one);
    }
    assertThat(lock.isValid()).isFalse();
    try (FileChannel two = writer("low/file")) {
      assertThat(two.tryLock()).isNotNull();
    }
  }

  @Test
  default void aSharedLockNeedsAReader() throws IOException {
    try (FileChannel reader = FileChannel.open(p("low/file"));
        FileChannel writer = writer("low/dir/nested")) {
      assertThat(reader.lock(0, 1, true).isShared()).isTrue();
      assertThatThrownBy(() -> reader.lock(5, 1, false))
          .isInstanceOf(NonWritableChannelException.class);
      assertThatThrownBy(() -> writer.lock(0, 1, true))
          .isInstanceOf(NonReadableChannelException.class);
    }
  }

  @Test
  default void otherFilesHaveOtherLocks() throws IOException {
    try (FileChannel one = writer("low/file");
        FileChannel two = writer("low/dir/nested")) {
      one.lock();
      assertThat(two.tryLock()).isNotNull();
    }
  }
}
