// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.oci.Digest;
import dev.lamina.path.PathFilter;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.RemoteFile;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file behind a URL: 0600, of the time the server says it was last modified.
 *
 * @param url where it is
 * @param name what it is called if the destination is a directory: the end of the URL's path
 * @param checksum what its digest must be
 * @param unpacks whether an archive stands for what is in it
 */
record UrlItem(URI url, String name, Optional<String> checksum, boolean unpacks)
    implements CopyItem {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
  private static final Pattern REFUSED = Pattern.compile("[\\x00-\\x20\"<>\\\\^`{|}\\[\\]\\x7f]");
  private static final int MODE = 0600;

  static UrlItem of(String source, Optional<String> checksum, boolean unpacks)
      throws StepException {
    if (checksum.isPresent() && !DIGEST.matcher(checksum.get()).matches()) {
      throw new StepException("invalid checksum digest format: " + checksum.get());
    }
    try {
      URI url = URI.create(escaped(source));
      return new UrlItem(url, name(url), checksum, unpacks);
    } catch (IllegalArgumentException e) {
      throw new StepException(source + ": not a URL: " + e.getMessage(), e);
    }
  }

  private static String name(URI url) {
    String base = SlashPath.base(url.getPath() == null ? "" : url.getPath());
    return switch (base) {
      case ".", "/" -> "__unnamed__";
      case ".." -> "download"; // as BuildKit calls what can't be called so
      default -> base;
    };
  }

  /** Escapes what Go's URLs may have in their paths and queries, and Java's may not. */
  private static String escaped(String source) {
    int start = source.indexOf('/', source.indexOf("://") + "://".length());
    return start < 0
        ? source
        : source.substring(0, start)
            + REFUSED
                .matcher(source.substring(start))
                .replaceAll(
                    one -> String.format(Locale.ROOT, "%%%02X", (int) one.group().charAt(0)));
  }

  @Override
  public void declare(LayerInputs inputs) throws IOException, InterruptedException {
    inputs.add("url", url.toString());
    inputs.add("unpack", Boolean.toString(unpacks));
    inputs.add("content", checksum.isPresent() ? checksum.get() : inputs.fetch(url).sha256());
  }

  @Override
  public void copy(LayerContext layer, CopyOptions options, String destination)
      throws IOException, InterruptedException {
    RemoteFile file = layer.fetch(url);
    if (checksum.isPresent()) {
      verify(file, checksum.get());
    }
    if (unpacks && Archive.unpack(url.toString(), file.content(), layer, options, destination)) {
      return;
    }
    Metadata metadata = Metadata.of(MODE, file.modified().orElse(Instant.EPOCH));
    FileTree tree = FileTree.empty().graft(TreePath.of(name), Node.file(metadata, file.content()));
    CopyOptions asItself = new CopyOptions(options.owner(), options.mode(), false, false);
    new TreeCopier(layer.fileSystem(), asItself, layer.now())
        .copy(tree, "/" + name, destination, PathFilter.ALL);
  }

  private void verify(RemoteFile file, String expected) throws IOException {
    String found = "sha256:" + file.sha256();
    if (expected.startsWith("sha512:")) {
      found = Digest.of("sha512", file.content()).toString();
    }
    if (!found.equals(expected)) {
      throw new StepException(url + ": digest mismatch: expected " + expected + ", found " + found);
    }
  }
}
