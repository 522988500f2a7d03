// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.Image;
import dev.lamina.ImageStore;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.spi.RootFs;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small root made of programs of this host, with the libraries they need, for tests that run
 * something for real.
 */
public final class HostPrograms {
  private static final Instant TIME = Instant.parse("2024-01-02T03:04:05Z");
  private static final Pattern LIBRARY = Pattern.compile("(/[^ ]+) \\(0x");

  private static final List<String> PROGRAMS =
      List.of(
              "sh cat chmod chown cp cut date dd df echo env false find grep head id ln ls mkdir"
                  + " mkfifo mknod mv pwd readlink rm rmdir seq sleep sort stat sync tail test"
                  + " touch tr true truncate tty uname wc setfattr getfattr setcap getcap unshare"
                  + " mount umount setpriv hostname")
          .stream()
          .flatMap(line -> Pattern.compile(" ").splitAsStream(line))
          .toList();

  private static FileTree cached;
  private static Layer layer;

  private HostPrograms() {}

  /**
   * Returns a root with a shell and the usual small programs, and users root, daemon (1) and alice
   * (1000).
   */
  public static synchronized FileTree tree() throws IOException {
    if (cached == null) {
      TreeMap<TreePath, Node> nodes = new TreeMap<>();
      Set<Path> files = new TreeSet<>();
      for (String program : PROGRAMS) {
        Optional<Path> found = EngineProbe.find(program);
        if (found.isPresent()) {
          Path real = found.get().toRealPath();
          file(nodes, "/bin/" + program, real);
          libraries(real).forEach(files::add);
        }
      }
      for (Path library : files) {
        file(nodes, library.toString(), library.toRealPath());
      }
      text(
          nodes,
          "/etc/passwd",
          """
          root:x:0:0:root:/root:/bin/sh
          daemon:x:1:1::/:/bin/sh
          alice:x:1000:1000::/home/alice:/bin/sh
          """);
      text(
          nodes,
          "/etc/group",
          """
          root:x:0:
          daemon:x:1:
          alice:x:1000:
          staff:x:50:alice
          audio:x:29:alice,root
          """);
      for (String directory : List.of("/root", "/home", "/var", "/opt", "/proc", "/dev", "/sys")) {
        nodes.put(TreePath.of(directory), Node.directory(Metadata.of(0755, TIME)));
      }
      nodes.put(
          TreePath.of("/home/alice"),
          Node.directory(new Metadata(0755, 1000, 1000, TIME, Metadata.of(0, TIME).xattrs())));
      nodes.put(TreePath.of("/tmp"), Node.directory(Metadata.of(01777, TIME)));
      Changes.Builder changes = Changes.builder();
      nodes.forEach(changes::put);
      cached = FileTree.empty().apply(changes.build());
    }
    return cached;
  }

  /** Returns the same as a root of one layer, which an engine unpacks once. */
  public static RootFs root() throws IOException {
    return root(tree());
  }

  /** Returns a tree as that layer and the changes over it. */
  static synchronized RootFs root(FileTree tree) throws IOException {
    if (layer == null) {
      layer = LocalStore.inMemory().layers().commit(tree().diff(FileTree.empty()));
    }
    return new RootFs(tree, List.of(layer), tree.diff(tree()));
  }

  /** Puts that root into a store as an image, by way of a folder in {@code folder}. */
  static Image image(ImageStore store, Path folder) throws Exception {
    Path root = Files.createTempDirectory(folder, "root");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Change change : tree().diff(FileTree.empty())) {
      Path target = root.resolve(change.path().toString().substring(1));
      if (change instanceof Change.Put put && put.node() instanceof Node.File file) {
        Files.createDirectories(target.getParent());
        Files.write(target, file.content().toByteArray());
        Files.setAttribute(target, "unix:mode", file.mode());
      } else {
        Files.createDirectories(target);
      }
    }
    return store.importRootfs(root, "tools:1");
  }

  private static void file(Map<TreePath, Node> nodes, String path, Path host) throws IOException {
    nodes.put(TreePath.of(path), Node.file(Metadata.of(0755, TIME), Content.ofFile(host)));
    parents(nodes, path);
  }

  private static void text(Map<TreePath, Node> nodes, String path, String text) {
    nodes.put(
        TreePath.of(path),
        Node.file(Metadata.of(0644, TIME), Content.of(text.getBytes(StandardCharsets.UTF_8))));
    parents(nodes, path);
  }

  private static void parents(Map<TreePath, Node> nodes, String path) {
    for (TreePath parent = TreePath.of(path).parent(); !parent.isRoot(); parent = parent.parent()) {
      nodes.put(parent, Node.directory(Metadata.of(0755, TIME)));
    }
  }

  private static List<Path> libraries(Path program) throws IOException {
    HostCommand.Result<String> ldd = HostCommand.run(List.of("ldd", program.toString()));
    Matcher matcher = LIBRARY.matcher(ldd.output());
    return matcher.results().map(found -> Path.of(found.group(1))).filter(Files::exists).toList();
  }
}
