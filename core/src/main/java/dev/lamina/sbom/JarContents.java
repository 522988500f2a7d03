// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * One Java archive: it is what Maven says in it; without that, what its manifest or its file name
 * says. How deep archives may be in archives, how many entries they have and how large they become
 * is limited, whatever they say of themselves.
 */
final class JarContents {
  private static final int MAX_DEPTH = 3;
  private static final int MAX_ENTRIES = 200_000;
  private static final int MAX_METADATA = 1 << 20;
  private static final Pattern FILE_NAME =
      Pattern.compile("(?<name>.+?)-(?<version>\\d[\\w.+-]*)\\.[jwe]ar", Pattern.CASE_INSENSITIVE);

  private final String source;
  private final List<SoftwarePackage> found;
  private final Budget budget;
  private final int depth;
  private final List<Properties> maven = new ArrayList<>();
  private Attributes manifest = new Attributes();

  private JarContents(String source, List<SoftwarePackage> found, Budget budget, int depth) {
    this.source = source;
    this.found = found;
    this.budget = budget;
    this.depth = depth;
  }

  /** Adds what an archive is, and what those in it are; adds nothing if it is no archive. */
  static void read(InputStream in, String source, List<SoftwarePackage> found) throws IOException {
    new JarContents(source, found, new Budget(), 0).read(in);
  }

  /** How many bytes may come out of one file's archives all together. */
  private static final class Budget {
    private long bytes = 4L << 30;
    private int entries = MAX_ENTRIES;

    void entry() throws ZipException {
      if (--entries < 0) {
        throw new ZipException("too many entries");
      }
    }

    void take(int count) throws ZipException {
      bytes -= count;
      if (bytes < 0) {
        throw new ZipException("too large");
      }
    }
  }

  /** The bytes of an entry, counted against the budget. */
  private static final class Counted extends FilterInputStream {
    private final Budget budget;

    Counted(InputStream in, Budget budget) {
      super(in);
      this.budget = budget;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      budget.take(Math.max(n, 0));
      return n;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      budget.take(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public void close() {} // the next entry is read from the same stream
  }

  private void read(InputStream in) throws IOException {
    boolean any = false;
    int before = found.size();
    try {
      ZipInputStream zip = new ZipInputStream(new Counted(in, budget));
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        any = true;
        budget.entry();
        entry(entry.getName(), new Counted(zip, budget));
      }
    } catch (ZipException | IllegalArgumentException e) {
      // cut short or no archive at all: what was found before that stands
    }
    if (any) {
      found.addAll(before, packages());
    }
  }

  private void entry(String name, InputStream in) throws IOException {
    if (name.equals("META-INF/MANIFEST.MF")) {
      manifest = new Manifest(new ByteArrayInputStream(metadata(in))).getMainAttributes();
    } else if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
      Properties properties = new Properties();
      properties.load(
          new InputStreamReader(
              new ByteArrayInputStream(metadata(in)), StandardCharsets.ISO_8859_1));
      maven.add(properties);
    } else if (JarReader.isJar(name) && depth < MAX_DEPTH) {
      new JarContents(source + "!" + name, found, budget, depth + 1).read(in);
    }
  }

  private static byte[] metadata(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_METADATA + 1);
    if (bytes.length > MAX_METADATA) {
      throw new ZipException("metadata too large");
    }
    return bytes;
  }

  private List<SoftwarePackage> packages() {
    List<SoftwarePackage> packages = new ArrayList<>();
    for (Properties properties : maven) {
      String group = properties.getProperty("groupId", "").strip();
      String artifact = properties.getProperty("artifactId", "").strip();
      String version = properties.getProperty("version", "").strip();
      if (!group.isEmpty() && !artifact.isEmpty()) {
        String url = PackageUrl.of("maven", group.replace('/', '.'), artifact, version, Map.of());
        packages.add(jar(group + ":" + artifact, version, url));
      }
    }
    return packages.isEmpty() ? List.of(unknown()) : packages;
  }

  /** Returns what an archive is that Maven says nothing in. */
  private SoftwarePackage unknown() {
    String file = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('!')) + 1);
    Matcher named = FILE_NAME.matcher(file);
    boolean matches = named.matches();
    String name = first("Implementation-Title", "Bundle-SymbolicName", "Automatic-Module-Name");
    if (matches || name.isEmpty()) {
      name = matches ? named.group("name") : file.replaceFirst("\\.[^.]*$", "");
    }
    String version = first("Implementation-Version", "Bundle-Version");
    if (version.isEmpty() && matches) {
      version = named.group("version");
    }
    return jar(name, version, PackageUrl.of("generic", "", name, version, Map.of()));
  }

  private String first(String... names) {
    for (String name : names) {
      String value = manifest.getValue(name);
      if (value != null && !value.isBlank()) {
        return value.strip().replaceFirst(";.*", "");
      }
    }
    return "";
  }

  private SoftwarePackage jar(String name, String version, String url) {
    String license = manifest.getValue("Bundle-License");
    return new SoftwarePackage(
        SoftwarePackage.Kind.JAR,
        name,
        version,
        url,
        license == null ? "" : license.replaceFirst(";.*", "").replace("\"", "").strip(),
        source);
  }
}
