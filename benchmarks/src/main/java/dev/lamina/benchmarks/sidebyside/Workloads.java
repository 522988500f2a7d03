// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.benchmarks.sample.SampleBytes;
import dev.lamina.benchmarks.sample.SampleDockerfiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What is worked on: generated from seeds, the same everywhere, made once. */
final class Workloads {
  /** As a Debian's /usr has. */
  private static final int FILES_A_DIRECTORY = 14;

  /** Of {@link #manyFiles}: half of the folders with their files, and four entries above them. */
  static final int ENTRIES_NOT_IGNORED = 500 * 101 + 4;

  /** How many layers {@link #manyLayers} has. */
  static final int LAYERS = 120;

  /** The file of {@link #ignored} with the patterns. */
  static final String PATTERNS = ".dockerignore";

  /** Its file with the paths, a line each. */
  static final String PATHS = "paths";

  private static final int POOL = 16 << 20;

  /** When all files were last written. */
  static final long SECONDS = 1_700_000_000;

  private static final FileTime TIME = FileTime.from(SECONDS, TimeUnit.SECONDS);

  /** Ignores every second folder of those with 100,000 files, and more that isn't there. */
  private static final String IGNORED =
      """
      **/*.class
      **/node_modules
      **/.git
      tree/d*[13579]
      !tree/keep*
      *.md
      **/*.tmp
      **/build/**
      docs/*/draft
      target
      **/.DS_Store
      a?b
      **/x*y*z
      logs/**/*.log
      .env*
      coverage
      """;

  private final Path folder;

  Workloads(Path folder) {
    this.folder = folder;
  }

  /** Fills a folder. */
  private interface Maker {
    void make(Path folder) throws IOException;
  }

  private Path once(String name, Maker maker) throws IOException {
    Path made = folder.resolve(name);
    Path mark = folder.resolve(name + ".done");
    if (!Files.exists(mark)) {
      Folders.renew(made);
      maker.make(made);
      Files.createFile(mark);
    }
    return made;
  }

  /** Returns a context with a Dockerfile that copies a tree like /usr: 18,700 files of 270 MB. */
  Path small() throws IOException {
    return once(
        "small",
        context -> {
          write(context.resolve("Dockerfile"), "FROM scratch\nCOPY tree /usr\n");
          tree(context.resolve("tree"), 18_700, 270L << 20);
          write(context.resolve("tree").resolve(Listing.CHANGING), "never\n");
        });
  }

  /** Returns the tree of {@link #small}. */
  Path smallTree() throws IOException {
    return small().resolve("tree");
  }

  /** Writes into a file what was never in one. */
  static void change(Path file) throws IOException {
    Files.writeString(file, "change " + System.nanoTime() + "\n");
  }

  /** Returns a context of 100,000 files of 500 bytes; the Dockerfile copies them. */
  Path manyFiles() throws IOException {
    return once(
        "many",
        context -> {
          write(context.resolve("Dockerfile"), "FROM scratch\nCOPY tree /data\n");
          write(context.resolve(".dockerignore"), IGNORED);
          byte[] pool = SampleBytes.text(1 << 20, 5);
          Random random = new Random(5);
          for (int i = 0; i < 100_000; i++) {
            Path directory = context.resolve("tree/d" + i / 100);
            if (i % 100 == 0) {
              Files.createDirectories(directory);
            }
            int from = random.nextInt(pool.length - 500);
            write(directory.resolve("f" + i), pool, from, 500);
          }
        });
  }

  /** Returns a folder with one file of 2 GB. */
  Path large() throws IOException {
    return once(
        "large",
        directory -> {
          byte[] text = SampleBytes.text(POOL, 6);
          byte[] noise = SampleBytes.noise(POOL, 7);
          try (OutputStream out = Files.newOutputStream(directory.resolve("file"))) {
            for (int i = 0; i < 64; i++) {
              text[i * 1000]++;
              noise[i * 1000]++;
              out.write(text);
              out.write(noise);
            }
          }
        });
  }

  /** Returns a context with a Dockerfile of one small file. */
  Path tiny() throws IOException {
    return once(
        "tiny",
        context -> {
          write(
              context.resolve("Dockerfile"),
              "FROM scratch\nCOPY hello /hello\nENV A=b\nCMD [\"/hello\"]\n");
          write(context.resolve("hello"), "hello, side by side\n");
        });
  }

  /** Returns a context whose image is a shell, with 8,000 files beside it. */
  Path rootfs(Path busybox) throws IOException {
    return once(
        "rootfs",
        context -> {
          write(
              context.resolve("Dockerfile"),
              "FROM scratch\nCOPY root /\nENV PATH=/bin\nCMD [\"sh\"]\n");
          for (String mountPoint : List.of("dev", "etc", "proc", "sys", "tmp")) {
            Files.createDirectories(context.resolve("root").resolve(mountPoint));
          }
          Path programs = Files.createDirectories(context.resolve("root/bin"));
          Path copy = programs.resolve("busybox");
          Files.copy(busybox, copy, StandardCopyOption.COPY_ATTRIBUTES);
          for (String name : List.of("sh", "true", "mkdir")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("busybox"));
          }
          tree(context.resolve("root/usr"), 8_000, 80L << 20);
        });
  }

  /** Returns a context whose image has five layers of 40 MB. */
  Path fiveLayers() throws IOException {
    return once(
        "five-layers",
        context -> {
          StringBuilder dockerfile = new StringBuilder("FROM scratch\n");
          for (int i = 1; i <= 5; i++) {
            dockerfile.append("COPY part").append(i).append(" /part").append(i).append('\n');
            tree(context.resolve("part" + i), 500 + i, 40L << 20);
          }
          write(context.resolve("Dockerfile"), dockerfile.toString());
        });
  }

  /**
   * Returns a context whose image has 20,000 files in {@link #LAYERS} layers, folders beside it.
   */
  Path manyLayers() throws IOException {
    return once(
        "many-layers",
        context -> {
          StringBuilder dockerfile = new StringBuilder("FROM scratch\n");
          byte[] text = SampleBytes.text(1 << 20, 8);
          for (int layer = 0; layer < LAYERS; layer++) {
            dockerfile.append("COPY ").append(layer).append(" /\n");
            for (int i = layer; i < 20_000; i += LAYERS) {
              Path directory = context.resolve(layer + "/d" + i / 1000 + "/e" + i / 100 % 10);
              Files.createDirectories(directory);
              write(directory.resolve("file-" + i), text, i, 10 + i % 2000);
            }
          }
          write(context.resolve("Dockerfile"), dockerfile.toString());
        });
  }

  /** Returns a context that runs a command, without a network, over {@link Images#NAME}. */
  Path run(String name, String command) throws IOException {
    return once(
        name,
        context ->
            write(
                context.resolve("Dockerfile"),
                "FROM " + Images.NAME + "\nRUN --network=none " + command + "\n"));
  }

  /** Returns a folder of 40 Dockerfiles. */
  Path dockerfiles() throws IOException {
    return once(
        "dockerfiles",
        directory -> {
          int number = 0;
          for (String text : SampleDockerfiles.usual(40)) {
            write(directory.resolve(number++ + ".Dockerfile"), text);
          }
        });
  }

  /** Returns a folder of one Dockerfile of 5 MB. */
  Path largeDockerfile() throws IOException {
    return once(
        "large-dockerfile",
        directory -> write(directory.resolve("0.Dockerfile"), SampleDockerfiles.large(5_000_000)));
  }

  /** Returns a folder of a {@code .dockerignore} and of paths, parents first. */
  Path ignored() throws IOException {
    return once(
        "ignored",
        directory -> {
          write(directory.resolve(PATTERNS), IGNORED);
          StringBuilder paths = new StringBuilder("tree\n");
          for (int folder = 0; folder < 100; folder++) {
            paths.append("tree/d").append(folder).append('\n');
            for (int file = 0; file < 100; file++) {
              paths.append("tree/d").append(folder).append("/file").append(file);
              paths.append(file % 25 == 0 ? ".tmp\n" : ".txt\n");
            }
          }
          write(directory.resolve(PATHS), paths.toString());
        });
  }

  /** Returns a project of several stages that runs nothing. */
  Path project() throws IOException {
    return once(
        "project",
        context -> {
          write(
              context.resolve("Dockerfile"),
              """
              FROM scratch AS libraries
              COPY lib /opt/lib
              FROM scratch AS pages
              COPY web /srv/www
              COPY conf/site.conf /etc/site.conf
              FROM scratch
              ARG VERSION=1
              COPY --from=libraries /opt/lib /app/lib
              COPY --from=pages /srv/www /app/www
              COPY --from=pages /etc/site.conf /app/site.conf
              COPY --chown=1000:1000 src /app/src
              ENV VERSION=$VERSION
              WORKDIR /app
              CMD ["/app/run"]
              """);
          write(context.resolve(".dockerignore"), "target\n**/*.tmp\n");
          write(context.resolve("conf/site.conf"), "listen 80\n");
          tree(context.resolve("lib"), 300, 60L << 20);
          tree(context.resolve("web"), 2_500, 20L << 20);
          tree(context.resolve("src"), 1_500, 10L << 20);
          tree(context.resolve("target"), 3_000, 40L << 20);
        });
  }

  /** Makes files whose sizes and kinds are mixed as in /usr: text, programs, compressed data. */
  private static void tree(Path root, int files, long bytes) throws IOException {
    Random random = new Random(files);
    byte[][] pools = {
      SampleBytes.text(POOL, 1), SampleBytes.program(POOL, 2), SampleBytes.noise(POOL, 3)
    };
    double[] weights = new double[files];
    double sum = 0;
    for (int i = 0; i < files; i++) {
      weights[i] = Math.exp(random.nextGaussian() * 1.9);
      sum += weights[i];
    }
    for (int i = 0; i < files; i++) {
      int size = (int) Math.min(POOL / 2, weights[i] / sum * bytes);
      int kind = random.nextInt(10);
      byte[] pool = pools[kind < 5 ? 0 : kind < 8 ? 1 : 2];
      int place = i % Math.max(1, files / FILES_A_DIRECTORY);
      Path directory = root.resolve("d" + place % 37).resolve("e" + place);
      Files.createDirectories(directory);
      write(directory.resolve("file-" + i), pool, random.nextInt(pool.length - size), size);
    }
  }

  private static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(file, bytes, 0, bytes.length);
  }

  private static void write(Path file, byte[] bytes, int from, int size) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(bytes, from, size);
    }
    Files.setLastModifiedTime(file, TIME);
  }
}
