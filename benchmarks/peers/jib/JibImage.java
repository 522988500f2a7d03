// SPDX-License-Identifier: Apache-2.0
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder to an image by Jib: JibImage FOLDER ARCHIVE CACHE. */
public final class JibImage {
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("files");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(each -> !each.equals(folder))::iterator) {
        layer.addEntry(
            file,
            AbsoluteUnixPath.get("/" + folder.relativize(file)),
            FilePermissions.fromPosixFilePermissions(Files.getPosixFilePermissions(file)),
            Files.getLastModifiedTime(file).toInstant());
      }
    }
    Path cache = Path.of(arguments[2]);
    Jib.fromScratch()
        .setFileEntriesLayers(layer.build())
        .containerize(
            Containerizer.to(TarImage.at(Path.of(arguments[1])).named("bench/jib:1"))
                .setBaseImageLayersCache(cache)
                .setApplicationLayersCache(cache));
  }
}
