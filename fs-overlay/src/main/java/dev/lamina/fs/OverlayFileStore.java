// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Set;
import javax.annotation.Nullable;

/** The one store of a file system; its space is that of the folder for temporary files. */
final class OverlayFileStore extends FileStore {
  private static final Set<Class<?>> VIEWS =
      Set.of(
          BasicFileAttributeView.class,
          PosixFileAttributeView.class,
          FileOwnerAttributeView.class,
          UserDefinedFileAttributeView.class);

  private final OverlayFileSystem fs;
  private final Path folder;

  OverlayFileStore(OverlayFileSystem fs, Path folder) {
    this.fs = fs;
    this.folder = folder;
  }

  @Override
  public String name() {
    return fs.name();
  }

  @Override
  public String type() {
    return OverlayUris.SCHEME;
  }

  @Override
  public boolean isReadOnly() {
    return fs.isReadOnly();
  }

  private FileStore space() throws IOException {
    fs.volume().checkOpen();
    return Files.getFileStore(folder);
  }

  @Override
  public long getTotalSpace() throws IOException {
    return space().getTotalSpace();
  }

  @Override
  public long getUsableSpace() throws IOException {
    return space().getUsableSpace();
  }

  @Override
  public long getUnallocatedSpace() throws IOException {
    return space().getUnallocatedSpace();
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return VIEWS.contains(type);
  }

  @Override
  public boolean supportsFileAttributeView(String name) {
    return NamedAttributes.VIEWS.contains(name);
  }

  @Override
  public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
    if (type == null) {
      throw new NullPointerException("type");
    }
    return null;
  }

  @Override
  public Object getAttribute(String attribute) throws IOException {
    return switch (attribute) {
      case "totalSpace" -> getTotalSpace();
      case "usableSpace" -> getUsableSpace();
      case "unallocatedSpace" -> getUnallocatedSpace();
      default -> throw Refused.storeAttribute(attribute);
    };
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof OverlayFileStore other && fs == other.fs;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(fs);
  }

  @Override
  public String toString() {
    return name();
  }
}
