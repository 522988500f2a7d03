// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The image {@code busybox:latest} of this host's busybox, for builds that run something. */
final class ShellBase {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final Instant TIME = Instant.parse("2024-01-02T03:04:05Z");
  private static final List<String> DIRECTORIES =
      List.of(
          "bin",
          "dev",
          "etc",
          "home",
          "home/app",
          "proc",
          "root",
          "sys",
          "tmp",
          "usr",
          "usr/bin",
          "var",
          "var/tmp");
  private static final String PASSWD =
      """
      root:x:0:0:root:/root:/bin/sh
      daemon:x:1:1:daemon:/usr/sbin:/bin/false
      nobody:x:65534:65534:nobody:/home:/bin/false
      app:x:1000:1000:app:/home/app:/bin/sh
      """;
  private static final String GROUP =
      "root:x:0:\ndaemon:x:1:\nstaff:x:50:app\nnogroup:x:65534:\napp:x:1000:\n";

  private ShellBase() {}

  /** Puts the image into a store, or skips the test where there is no busybox. */
  static void putInto(LocalStore store) throws IOException, InterruptedException {
    assumeTrue(Files.exists(BUSYBOX), "needs /bin/busybox (busybox-static)");
    Layer layer = store.layers().commit(files());
    HistoryEntry add = entry("ADD busybox.tar / # buildkit", false);
    HistoryEntry cmd = entry("CMD [\"sh\"]", true);
    ImageConfig config =
        ImageConfig.of(Platform.host())
            .withCreated(TIME)
            .withConfig(
                ContainerConfig.EMPTY
                    .withEnv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                    .withCmd(List.of("sh")))
            .withLayers(List.of(layer.diffId()), List.of(add, cmd));
    store
        .names()
        .tag(
            ImageReference.parse("busybox:latest"),
            store.put(config, List.of(layer)).manifestDescriptor());
  }

  private static HistoryEntry entry(String createdBy, boolean empty) {
    return new HistoryEntry(Optional.of(TIME), createdBy, "", "", empty);
  }

  private static Changes files() throws IOException, InterruptedException {
    Changes.Builder changes = Changes.builder();
    put(changes, "/bin/busybox", file(0755, Files.readAllBytes(BUSYBOX)));
    for (String applet : applets()) {
      if (!applet.equals("busybox")) {
        put(changes, "/bin/" + applet, Node.symlink(Metadata.of(0777, TIME), "busybox"));
      }
    }
    for (String directory : DIRECTORIES) {
      put(changes, "/" + directory, Node.directory(metadata(directory)));
    }
    put(changes, "/etc/passwd", file(0644, PASSWD.getBytes(StandardCharsets.UTF_8)));
    put(changes, "/etc/group", file(0644, GROUP.getBytes(StandardCharsets.UTF_8)));
    for (String empty : List.of("hostname", "hosts", "resolv.conf")) {
      put(changes, "/etc/" + empty, file(0644, new byte[0]));
    }
    return FileTree.empty().apply(changes.build()).diff(FileTree.empty());
  }

  private static Metadata metadata(String directory) {
    int mode =
        switch (directory) {
          case "tmp", "var/tmp" -> 01777;
          case "proc", "sys" -> 0555;
          case "root" -> 0700;
          default -> 0755;
        };
    Metadata metadata = Metadata.of(mode, TIME);
    return directory.equals("home/app") ? metadata.withOwner(1000, 1000) : metadata;
  }

  private static void put(Changes.Builder changes, String path, Node node) {
    Changes.Builder same = changes.put(TreePath.of(path), node);
    assert same == changes;
  }

  private static Node file(int mode, byte[] bytes) {
    return Node.file(Metadata.of(mode, TIME), Content.of(bytes));
  }

  private static List<String> applets() throws IOException, InterruptedException {
    Process list = new ProcessBuilder(BUSYBOX.toString(), "--list").start();
    String text = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    list.waitFor();
    return text.lines().toList();
  }
}
