// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What a program on Linux may expect of a file system, said through {@link java.nio.file.Files}
 * alone. Each interface is one subject; {@link ContractTest} runs them all on several file systems,
 * the host's own among them.
 */
abstract class FileSystemContract
    implements ReadWriteContract,
        OpenOptionContract,
        ChannelContract,
        OpenFileContract,
        AsyncContract,
        LockContract,
        DirectoryContract,
        SecureDirectoryContract,
        LinkContract,
        MoveContract,
        CopyContract,
        AttributeContract,
        XattrContract,
        NameContract,
        PathContract,
        StoreContract,
        WatchContract {
  private Path root;

  /** A folder to work in, with the files of {@link ContractFixture#lower} in it. */
  abstract Path open() throws IOException;

  abstract void close() throws IOException;

  @Override
  public Path root() {
    return root;
  }

  @BeforeEach
  void openFileSystem() throws IOException {
    root = open();
  }

  @AfterEach
  void closeFileSystem() throws IOException {
    close();
  }
}
