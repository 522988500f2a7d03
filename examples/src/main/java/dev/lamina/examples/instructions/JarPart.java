// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples.instructions;

import dev.lamina.spi.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The parts of a jar that become layers, in the order of the layers. */
enum JarPart {
  /** The libraries that a Spring Boot jar brings with it. */
  DEPENDENCIES,
  /** What the application reads. */
  RESOURCES,
  /** What the application runs, and how it is started. */
  CLASSES;

  private static final String LIBRARIES = "BOOT-INF/lib/";
  private static final String BOOT_CLASSES = "BOOT-INF/classes/";

  /** Returns the files of this part by their path below the folder. */
  Map<String, byte[]> read(Path jar, String folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("accessMode", "readOnly"));
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      boolean boot = Files.isDirectory(zip.getPath(BOOT_CLASSES));
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        Optional<String> place = place(entry.toString().substring(1), boot);
        if (place.isPresent()) {
          files.put(place.get(), Files.readAllBytes(entry));
        }
      }
      if (this == CLASSES) {
        files.put("main", arguments(zip, folder).getBytes(StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  /** Returns where an entry goes, if it is of this part. */
  private Optional<String> place(String entry, boolean boot) {
    if (boot && entry.startsWith(LIBRARIES)) {
      String name = "lib/" + entry.substring(LIBRARIES.length());
      return this == DEPENDENCIES ? Optional.of(name) : Optional.empty();
    }
    if (entry.equals("META-INF/MANIFEST.MF") || (boot && !entry.startsWith(BOOT_CLASSES))) {
      return Optional.empty(); // Spring Boot's loader is not needed for a jar taken apart
    }
    String name = boot ? entry.substring(BOOT_CLASSES.length()) : entry;
    JarPart part = name.endsWith(".class") ? CLASSES : RESOURCES;
    return this == part ? Optional.of(part + "/" + name) : Optional.empty();
  }

  /** Returns the arguments of {@code java}, a line each. */
  private static String arguments(FileSystem zip, String folder) throws IOException {
    try (InputStream in = Files.newInputStream(zip.getPath("META-INF/MANIFEST.MF"))) {
      Attributes main = new Manifest(in).getMainAttributes();
      String start = main.getValue("Start-Class");
      String name = start == null ? main.getValue(Attributes.Name.MAIN_CLASS) : start;
      if (name == null) {
        throw new StepException("the jar's manifest names no main class");
      }
      List<String> path = List.of("classes", "resources", "lib/*");
      String prefix = folder + "/";
      return "-cp\n" + prefix + String.join(":" + prefix, path) + "\n" + name + "\n";
    } catch (NoSuchFileException e) {
      throw new StepException("the jar has no manifest, so there is no main class", e);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
