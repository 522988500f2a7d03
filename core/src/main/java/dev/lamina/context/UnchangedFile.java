// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.ContentOpener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import javax.annotation.Nullable;

/**
 * Opens a file of a context's folder where it was found, and looks at it again when it was read:
 * bytes of a file that is not what it was when it was found are an error.
 */
final class UnchangedFile implements ContentOpener {
  private final HostDirectory directory;
  private final FileVersion version;

  /**
   * Takes what was found.
   *
   * @param directory what the file is in
   * @param version how the file was
   */
  UnchangedFile(HostDirectory directory, FileVersion version) {
    this.directory = directory;
    this.version = version;
  }

  @Override
  public Opened open(Path file) throws IOException {
    return new Checked(file, version, directory.open(file));
  }

  private record Checked(Path file, FileVersion version, HostDirectory.Opened opened)
      implements Opened {
    @Override
    public FileChannel channel() {
      return opened.channel();
    }

    @Override
    public void check() throws IOException {
      if (!ContextStat.is(file, version, opened.key())) {
        throw new IOException(file + ": expected a file that stays as it is, found it changed");
      }
    }
  }

  /** A file of one version has the same bytes whenever it was found. */
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof UnchangedFile other && version.equals(other.version);
  }

  @Override
  public int hashCode() {
    return version.hashCode();
  }
}
