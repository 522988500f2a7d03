// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SbomTest {
  private static final Digest IMAGE = Digest.sha256("image");
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private final OverlayFileSystem files = OverlayFileSystem.over(FileTree.empty());

  private void write(String path, String text) throws IOException {
    write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = files.getPath(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Sbom sbom() throws IOException {
    return Sbom.of("shop/app:1", IMAGE, TIME, files.snapshot());
  }

  private List<String> urls() throws IOException {
    return sbom().packages().stream().map(SoftwarePackage::url).toList();
  }

  @Test
  void debianPackagesThatAreInstalledAreFound() throws IOException {
    write("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
    write(
        "/var/lib/dpkg/status",
        """
        Package: bash
        Status: install ok installed
        Architecture: amd64
        Version: 5.2.15-2+b2
        Description: GNU Bourne Again SHell
         Package: not-one

        Package: gone
        Status: deinstall ok config-files
        Version: 1

        Package: libc6
        Status: install ok installed
        Source: glibc (2.36-9)
        Architecture: amd64
        Version: 2.36-9
        """);
    write("/var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2024a\n");
    write("/var/lib/dpkg/status.d/tzdata.md5sums", "Package: no\n");

    assertThat(urls())
        .containsExactly(
            "pkg:deb/debian/bash@5.2.15-2%2Bb2?arch=amd64&distro=debian-12",
            "pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12&upstream=glibc",
            "pkg:deb/debian/tzdata@2024a?distro=debian-12");
  }

  @Test
  void alpinesPackagesAreFoundWithTheirLicenses() throws IOException {
    write("/etc/os-release", "ID=alpine\nVERSION_ID=3.20.1\n");
    write(
        "/lib/apk/db/installed",
        """
        C:Q1abc=
        P:musl
        V:1.2.5-r0
        A:x86_64
        L:MIT
        F:lib
        R:ld-musl

        P:busybox
        V:1.36
        L:GPL-2.0-only
        """);

    assertThat(sbom().packages())
        .extracting(SoftwarePackage::toString)
        .containsExactly("busybox 1.36", "musl 1.2.5-r0");
    assertThat(sbom().packages())
        .extracting(SoftwarePackage::license)
        .containsExactly("GPL-2.0-only", "MIT");
    assertThat(urls()).contains("pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1");
  }

  @Test
  void jarsAreFoundAndThoseInThem() throws IOException {
    byte[] library =
        zip(
            Map.of(
                "META-INF/maven/org.lib/lib/pom.properties",
                bytes("groupId=org.lib\nartifactId=lib\nversion=2.0\n")));
    byte[] named = zip(Map.of("a.txt", bytes("a")));
    byte[] bundle =
        zip(
            Map.of(
                "META-INF/MANIFEST.MF",
                bytes(
                    """
                    Manifest-Version: 1.0
                    Bundle-SymbolicName: org.bundle;singleton:=true
                    Bundle-Version: 3.1
                    Bundle-License: Apache-2.0

                    """)));
    write(
        "/app/app.jar",
        zip(
            Map.of(
                "META-INF/maven/shop/app/pom.properties",
                bytes("groupId=shop\nartifactId=app\nversion=1.0\n"),
                "BOOT-INF/lib/lib.jar",
                library,
                "BOOT-INF/lib/named-1.2.jar",
                named)));
    write("/app/bundle.jar", bundle);
    write("/app/broken.jar", "no archive");

    assertThat(urls())
        .containsExactlyInAnyOrder(
            "pkg:maven/shop/app@1.0",
            "pkg:maven/org.lib/lib@2.0",
            "pkg:generic/named@1.2",
            "pkg:generic/org.bundle@3.1");
    assertThat(sbom().packages())
        .extracting(SoftwarePackage::source)
        .contains("/app/app.jar!BOOT-INF/lib/lib.jar");
  }

  @Test
  void anArchiveThatIsInItselfForeverIsReadToALimit() throws IOException {
    byte[] jar = zip(Map.of("a.txt", bytes("a")));
    for (int i = 0; i < 20; i++) {
      jar = zip(Map.of("inner-" + i + ".jar", jar));
    }
    write("/deep.jar", jar);

    assertThat(sbom().packages()).hasSize(4);
  }

  @Test
  void packagesOfNodeAreFoundWhereTheyAreInstalled() throws IOException {
    write("/app/package.json", "{\"name\": \"the-application\", \"version\": \"1.0.0\"}");
    write(
        "/app/node_modules/left-pad/package.json",
        "{\"name\": \"left-pad\", \"version\": \"1.3.0\", \"license\": \"WTFPL\"}");
    write(
        "/app/node_modules/@babel/core/package.json",
        "{\"name\": \"@babel/core\", \"version\": \"7.0.0\", \"license\": {\"type\": \"MIT\"}}");
    write("/app/node_modules/left-pad/test/package.json", "{\"name\": \"fixture\"}");
    write("/app/node_modules/broken/package.json", "{");

    assertThat(urls()).containsExactly("pkg:npm/%40babel/core@7.0.0", "pkg:npm/left-pad@1.3.0");
  }

  @Test
  void theDocumentSaysWhatTheImageContains() throws IOException {
    write(
        "/app/node_modules/a/package.json",
        "{\"name\": \"a\", \"license\": \"MIT OR Apache-2.0\"}");
    write("/app/node_modules/a_/package.json", "{\"name\": \"a\", \"license\": \"as you like\"}");
    JsonObject json = JsonParser.parseString(sbom().toSpdxJson()).getAsJsonObject();

    assertThat(json.get("spdxVersion").getAsString()).isEqualTo("SPDX-2.3");
    assertThat(json.getAsJsonObject("creationInfo").get("created").getAsString())
        .isEqualTo("2026-01-02T03:04:05Z");
    List<JsonObject> packages =
        StreamSupport.stream(json.getAsJsonArray("packages").spliterator(), false)
            .map(p -> p.getAsJsonObject())
            .toList();
    assertThat(packages)
        .extracting(p -> p.get("SPDXID").getAsString())
        .containsExactly("SPDXRef-Image", "SPDXRef-npm-a", "SPDXRef-npm-a-2");
    assertThat(packages)
        .extracting(p -> p.get("licenseDeclared").getAsString())
        .containsExactly("NOASSERTION", "MIT OR Apache-2.0", "NOASSERTION");
    assertThat(packages.get(2).get("licenseComments").getAsString())
        .isEqualTo("declared as: as you like");
    assertThat(json.getAsJsonArray("relationships")).hasSize(3);
  }

  @Test
  void theSameImageGivesTheSameText() throws IOException {
    write("/app/node_modules/a/package.json", "{\"name\": \"a\"}");

    assertThat(sbom().toSpdxJson()).isEqualTo(sbom().toSpdxJson());
  }

  @ParameterizedTest
  @CsvSource({
    "MIT, true",
    "(MIT OR Apache-2.0) AND Zlib, true",
    "GPL-2.0-or-later WITH Classpath-exception-2.0, true",
    "MIT Zlib, false",
    "MIT OR, false",
    "(MIT, false",
    "custom, false",
    "AND, false"
  })
  void expressionsAreToldFromNames(String text, boolean expression) {
    assertThat(Licenses.isExpression(text)).isEqualTo(expression);
  }
}
