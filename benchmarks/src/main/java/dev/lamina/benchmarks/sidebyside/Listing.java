// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.Image;
import dev.lamina.ImageStore;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What two sides must agree on: how many files an image has, and a digest of their paths, kinds,
 * modes, owners, contents and, of files that a run didn't make, times in seconds.
 */
final class Listing {
  /** The name of a file that rows change before each run: its content and time don't count. */
  static final String CHANGING = "changing";

  private Listing() {}

  /** Returns the listing of the only image in an archive or a layout. */
  static String ofArchive(Path archive, Path scratch) throws IOException {
    Folders.renew(scratch);
    try (ImageStore store = ImageStore.open(scratch)) {
      List<Image> images = store.load(archive);
      return of(images.get(images.size() - 1).tree());
    } finally {
      Folders.delete(scratch);
    }
  }

  /** Returns the listing of a root file system in a tar, compressed or not. */
  static String ofTar(Path tar, Path scratch) throws IOException {
    Folders.renew(scratch);
    try (ImageStore store = ImageStore.open(scratch)) {
      return of(store.importRootfs(tar, "bench/tar:1").tree());
    } finally {
      Folders.delete(scratch);
    }
  }

  /** Returns the listing of a folder of this machine. */
  static String ofFolder(Path folder) throws IOException {
    return of(FileTree.ofFolder(folder));
  }

  /** Returns the listing of a store's image. */
  static String ofStore(Path folder, String image) throws IOException {
    try (ImageStore store = ImageStore.open(folder)) {
      return of(store.image(image).tree());
    }
  }

  private static String of(FileTree tree) throws IOException {
    Map<TreePath, Node> nodes = new TreeMap<>();
    tree.forEach(nodes::put);
    MessageDigest digest = sha256();
    int files = 0;
    for (Map.Entry<TreePath, Node> entry : nodes.entrySet()) {
      Node node = entry.getValue();
      if (entry.getKey().toString().equals("/")) {
        continue; // the root's own attributes differ by how it is made
      }
      StringBuilder line = new StringBuilder();
      line.append(entry.getKey()).append(' ').append(Integer.toOctalString(node.mode() & 07777));
      line.append(' ').append(node.uid()).append(':').append(node.gid()).append(' ');
      if (node instanceof Node.File file) {
        files++;
        if (entry.getKey().toString().endsWith("/" + CHANGING)) {
          continue;
        }
        long time = node.mtime().getEpochSecond();
        line.append(time <= Workloads.SECONDS ? Long.toString(time) : "now");
        line.append(' ').append(sum(file.content()::writeTo));
      } else if (node instanceof Node.Symlink link) {
        line.append(link.target());
      } else {
        line.append(node instanceof Node.Directory ? "directory" : "special");
      }
      digest.update(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
    return files + " files " + HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  /** Writes bytes to where they are told. */
  interface Bytes {
    /** Writes all of them. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Returns the SHA-256 of some bytes in hexadecimal. */
  static String sum(Bytes bytes) throws IOException {
    MessageDigest digest = sha256();
    bytes.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns a new digest. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
