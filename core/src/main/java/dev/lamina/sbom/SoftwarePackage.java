// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import java.util.Comparator;

/**
 * One package of software in an image.
 *
 * @param kind how it came there
 * @param name what its package manager calls it; {@code group:artifact} for Maven's
 * @param version its version; empty if it doesn't say
 * @param url its <a href="https://github.com/package-url/purl-spec">package URL</a>
 * @param license what it says its license is, as it says it; empty if it doesn't
 * @param source the file this was read from; {@code !} stands before a path inside an archive
 */
public record SoftwarePackage(
    Kind kind, String name, String version, String url, String license, String source)
    implements Comparable<SoftwarePackage> {
  private static final Comparator<SoftwarePackage> ORDER =
      Comparator.comparing(SoftwarePackage::kind)
          .thenComparing(SoftwarePackage::name)
          .thenComparing(SoftwarePackage::version)
          .thenComparing(SoftwarePackage::source)
          .thenComparing(SoftwarePackage::url)
          .thenComparing(SoftwarePackage::license);

  /** What brings software into an image. */
  public enum Kind {
    /** Debian's packages, and those of what descends from it. */
    DEB,
    /** Alpine's packages. */
    APK,
    /** Java archives, also those inside others. */
    JAR,
    /** Packages of Node.js. */
    NPM
  }

  /** By kind, name and version. */
  @Override
  public int compareTo(SoftwarePackage other) {
    return ORDER.compare(this, other);
  }

  /** Returns name and version. */
  @Override
  public String toString() {
    return version.isEmpty() ? name : name + " " + version;
  }
}
