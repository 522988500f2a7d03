// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.util.List;

/** Knows what one package manager leaves in an image. */
interface PackageReader {
  /** All that there are. */
  List<PackageReader> ALL =
      List.of(new DpkgReader(), new ApkReader(), new JarReader(), new NpmReader());

  /**
   * Returns the packages of an image. What can't be understood is left out.
   *
   * @throws IOException if a file's bytes can't be had
   */
  List<SoftwarePackage> read(FileTree tree, OsRelease release) throws IOException;
}
