// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import org.junit.jupiter.api.Test;

/** What a file system says about itself. */
interface StoreContract extends ContractFixture {

  @Test
  default void aFileSystemIsOpenAndWritable() {
    assertThat(root().getFileSystem().isOpen()).isTrue();
    assertThat(root().getFileSystem().isReadOnly()).isFalse();
    assertThat(root().getFileSystem().getRootDirectories()).isNotEmpty();
    assertThat(root().getFileSystem().supportedFileAttributeViews())
        .contains("basic", "posix", "owner", "unix");
  }

  @Test
  default void aStoreTellsItsSpace() throws IOException {
    FileStore store = Files.getFileStore(p("low/file"));
    assertThat(store.getTotalSpace()).isPositive();
    assertThat(store.getUsableSpace()).isBetween(0L, store.getTotalSpace());
    assertThat(store.getUnallocatedSpace()).isBetween(0L, store.getTotalSpace());
    assertThat(store.getAttribute("totalSpace")).isEqualTo(store.getTotalSpace());
    assertThat(store.name()).isNotEmpty();
    assertThat(store.type()).isNotEmpty();
    assertThat(store.isReadOnly()).isFalse();
  }

  @Test
  default void aStoreKnowsItsViews() throws IOException {
    FileStore store = Files.getFileStore(p("low/file"));
    assertThat(store.supportsFileAttributeView("posix")).isTrue();
    assertThat(store.supportsFileAttributeView(BasicFileAttributeView.class)).isTrue();
    assertThat(store.supportsFileAttributeView(PosixFileAttributeView.class)).isTrue();
    assertThat(store.supportsFileAttributeView(AclFileAttributeView.class)).isFalse();
    assertThat(store.supportsFileAttributeView("nothing")).isFalse();
  }

  @Test
  default void filesOfOneFileSystemHaveEqualStores() throws IOException {
    assertThat(Files.getFileStore(p("low/file"))).isEqualTo(Files.getFileStore(p("low/dir")));
    assertThatThrownBy(() -> Files.getFileStore(p("no"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.getFileStore(p("low/file")).getAttribute("nothing"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  default void accessIsChecked() throws IOException {
    root().getFileSystem().provider().checkAccess(p("low/file"));
    root().getFileSystem().provider().checkAccess(p("low/file"), AccessMode.READ, AccessMode.WRITE);
    assertThatThrownBy(() -> root().getFileSystem().provider().checkAccess(p("no")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(
            () -> root().getFileSystem().provider().checkAccess(p("low/file"), AccessMode.EXECUTE))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  default void usersAreLookedUp() throws IOException {
    String owner = Files.getOwner(p("low/file")).getName();
    assertThat(root().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner))
        .isEqualTo(Files.getOwner(p("low/file")));
    assertThatThrownBy(
            () ->
                root()
                    .getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName("no-such-user-here"))
        .isInstanceOf(java.nio.file.attribute.UserPrincipalNotFoundException.class);
  }
}
