// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Change;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An image of 10,000 files in 40 layers, the same each time. Its main writes its report. */
final class BigImage {
  private static final String[] FOLDERS = {
    "/usr/lib/x86_64-linux-gnu",
    "/usr/share/doc",
    "/usr/share/locale",
    "/usr/bin",
    "/etc",
    "/var/lib/dpkg/info",
    "/opt/app/lib",
    "/opt/app/classes/com/shop",
    "/srv/data"
  };
  private static final String[] ENDINGS = {".so.6", ".jar", ".class", ".md", "", ".conf", ".mo"};

  private BigImage() {}

  static Layers of(int files, int steps) {
    Random random = new Random(8);
    Layers image = Layers.image();
    List<TreePath> made = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < files / steps; i++) {
        changes.add(change(random, made, step, i));
      }
      image = image.step(instruction(random, step), changes.toArray(Change[]::new));
      if (step % 7 == 0) {
        image = image.empty("ENV STEP=" + step);
      }
    }
    return image;
  }

  private static String instruction(Random random, int step) {
    return switch (random.nextInt(3)) {
      case 0 ->
          "RUN /bin/sh -c apt-get update && apt-get install -y package-" + step + " # buildkit";
      case 1 -> "COPY part-" + step + " /opt/app/ # buildkit";
      default -> "RUN /bin/sh -c make -C /srv target-" + step + " # buildkit";
    };
  }

  private static Change change(Random random, List<TreePath> made, int step, int i) {
    int what = random.nextInt(100);
    if (what < 12 && made.size() > 50) {
      TreePath old = made.get(random.nextInt(made.size()));
      return what < 4 ? new Change.Remove(old) : file(random, old);
    }
    String folder = FOLDERS[random.nextInt(FOLDERS.length)];
    String name = "part" + random.nextInt(12) + "/file-" + step + "-" + i;
    TreePath path = TreePath.of(folder + "/" + name + ENDINGS[random.nextInt(ENDINGS.length)]);
    made.add(path);
    return file(random, path);
  }

  private static Change file(Random random, TreePath path) {
    long size = (long) Math.exp(random.nextGaussian() * 2.2 + 8.5);
    return new Change.Put(path, Node.file(Metadata.of(0644, Layers.TIME), new Sized(size)));
  }

  /** Bytes that say how many they are, over and over. */
  private record Sized(long size) implements Content {
    @Override
    public int read(long position, ByteBuffer dst) {
      if (position >= size) {
        return -1;
      }
      int n = (int) Math.min(dst.remaining(), size - position);
      for (int i = 0; i < n; i++) {
        dst.put((byte) (size >> (8 * ((position + i) % 8))));
      }
      return n;
    }
  }

  public static void main(String[] args) throws IOException {
    int files = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    Files.writeString(Path.of(args[0]), of(files, 40).report().toHtml());
  }
}
