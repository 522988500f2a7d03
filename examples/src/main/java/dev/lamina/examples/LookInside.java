// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import dev.lamina.Image;
import dev.lamina.ImageStore;
import dev.lamina.insight.ImageReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says why an image is as it is: what makes it big, who touched a file, which software is in it.
 *
 * <p>Arguments: an archive or a layout, such as {@code docker save} writes; a folder for the report
 * as a page ({@code report.html}), for programs ({@code report.json}), and for the bill of
 * materials ({@code sbom.spdx.json}); and the paths to tell the story of.
 */
public final class LookInside {
  private LookInside() {}

  /** Looks. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    PrintStream out = System.out;
    try (ImageStore store = ImageStore.inMemory()) {
      Image image = store.load(Path.of(arguments[0])).get(0);
      ImageReport report = image.report();
      out.println(report.toText());
      Files.writeString(folder.resolve("report.html"), report.toHtml());
      Files.writeString(folder.resolve("report.json"), report.toJson());
      Files.writeString(folder.resolve("sbom.spdx.json"), image.sbom().toSpdxJson());
      for (int i = 2; i < arguments.length; i++) {
        out.println(image.blame(arguments[i]));
      }
      image.secrets().forEach(out::println);
    }
  }
}
