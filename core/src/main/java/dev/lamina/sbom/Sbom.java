// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import dev.lamina.fs.FileTree;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What software an image consists of, as far as package managers left word of it: the packages of
 * dpkg and apk, Java archives (also inside others), and those of Node.js.
 *
 * <pre>{@code
 * Sbom sbom = image.sbom();
 * sbom.packages().forEach(System.out::println);              // bash 5.2.15-2+b2
 * Files.writeString(Path.of("app.spdx.json"), sbom.toSpdxJson());
 * }</pre>
 *
 * <p>What was copied into the image by hand is not in it. The same image gives the same text.
 *
 * @param name what the image is called
 * @param image the digest of the image's manifest
 * @param created when the image was made; the bill has the same time
 * @param packages the packages, each once, by kind, name and version
 */
public record Sbom(String name, Digest image, Instant created, List<SoftwarePackage> packages) {
  /** The media type of {@link #toSpdxJson}. */
  public static final String SPDX_MEDIA_TYPE = "application/spdx+json";

  /** Copies the list. */
  public Sbom {
    packages = List.copyOf(packages);
  }

  /**
   * Reads what an image holds.
   *
   * @param created when the image was made
   * @throws IOException if its files can't be read
   */
  public static Sbom of(String name, Digest image, Instant created, FileTree tree)
      throws IOException {
    OsRelease release = OsRelease.of(tree);
    TreeSet<SoftwarePackage> packages = new TreeSet<>();
    for (PackageReader reader : PackageReader.ALL) {
      packages.addAll(reader.read(tree, release));
    }
    return new Sbom(name, image, created, new ArrayList<>(packages));
  }

  /**
   * Returns the packages of the system's own package managers alone, dpkg and apk: a few files are
   * read for that, whatever there is else.
   *
   * @throws IOException if the files can't be read
   */
  public static List<SoftwarePackage> systemPackages(FileTree tree) throws IOException {
    OsRelease release = OsRelease.of(tree);
    TreeSet<SoftwarePackage> packages = new TreeSet<>(new DpkgReader().read(tree, release));
    packages.addAll(new ApkReader().read(tree, release));
    return List.copyOf(packages);
  }

  /** Returns an SPDX 2.3 document in JSON, without a line feed in it. */
  public String toSpdxJson() {
    return SpdxDocument.write(this);
  }
}
