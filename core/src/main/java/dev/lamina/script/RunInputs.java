// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileNames;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.path.NodeText;
import dev.lamina.spi.Mount;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.ProcessUser;
import dev.lamina.spi.RootFs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What a process depends on, in words: its command, environment and mounts, and digests of files,
 * which leave out times, so that another checkout of the same sources is the same. The values of
 * secrets, proxies and the host's name are no part of it. Safe for use by several threads.
 */
final class RunInputs {
  /** The input that names the command. */
  static final String COMMAND = "command";

  private static final Pattern OWN = Pattern.compile("HOSTNAME|(?i:(http|https|ftp|no|all)_proxy)");

  private final Map<Digest, String> layers = new ConcurrentHashMap<>();

  /** Returns a digest of a root. */
  String root(RootFs root) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Layer layer : root.layers()) {
      String known = layers.get(layer.diffId());
      if (known == null) {
        known = changes(layer.changes());
        layers.put(layer.diffId(), known);
      }
      all.append(known).append('\n');
    }
    return root.pending().isEmpty()
        ? Digest.sha256(all.toString()).hex()
        : then(Digest.sha256(all.toString()).hex(), changes(root.pending()));
  }

  /** Returns a digest of a state that follows another. */
  static String then(String state, String what) {
    return Digest.sha256(state + "\n" + what).hex();
  }

  /** Returns a digest of changes, without times. */
  static String changes(Changes changes) throws IOException {
    MessageDigest digest = Digest.hasher("sha256");
    try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (Change change : changes) {
        add(change, out);
      }
    }
    return Digest.of(digest.digest()).hex();
  }

  private static void add(Change change, OutputStream out) throws IOException {
    String what = change.getClass().getSimpleName() + " " + change.path();
    if (change instanceof Change.Link link) {
      what += " " + link.target();
    }
    if (!(change instanceof Change.Put put)) {
      line(out, what);
      return;
    }
    line(out, what + " " + NodeText.of(put.node()));
    if (put.node() instanceof Node.File file) {
      try (InputStream in = file.content().newInputStream()) {
        in.transferTo(out);
      }
    }
  }

  /** A name may hold any byte but zero. */
  private static void line(OutputStream out, String text) throws IOException {
    out.write(FileNames.encode(text));
    out.write(0);
  }

  /** Returns the inputs of a process that finds the files of a state. */
  static Map<String, String> of(ProcessSpec spec, String state) throws IOException {
    Map<String, String> inputs = new TreeMap<>();
    inputs.put(COMMAND, CommandPattern.text(spec.argv()));
    inputs.put("arguments", String.join("\0", spec.argv()));
    inputs.put("files", state);
    spec.env()
        .forEach(
            (name, value) -> {
              if (!OWN.matcher(name).matches()) {
                inputs.put("variable " + name, value);
              }
            });
    spec.secretEnv().keySet().forEach(name -> inputs.put("variable " + name, "a secret"));
    inputs.put("working directory", spec.workingDirectory());
    ProcessUser user = spec.user();
    inputs.put("user", user.uid() + ":" + user.gid() + " " + user.additionalGroups());
    inputs.put("network", spec.network().name());
    inputs.put("security", spec.security().name());
    for (Mount mount : spec.mounts()) {
      inputs.put("mount " + mount.target(), mount.accept(new MountText()));
    }
    return inputs;
  }

  /** Returns the digest of inputs. */
  static String key(Map<String, String> inputs) {
    StringBuilder all = new StringBuilder();
    new TreeMap<>(inputs)
        .forEach(
            (name, value) ->
                all.append(name.length())
                    .append(name)
                    .append('\0')
                    .append(value.length())
                    .append(value)
                    .append('\0'));
    return Digest.sha256(all.toString()).hex();
  }

  /** Tells what is mounted. */
  private static final class MountText implements Mount.Visitor<String> {
    @Override
    public String bind(Mount.Bind bind) throws IOException {
      FileTree from = bind.from().tree();
      TreePath path = from.follow(bind.source());
      Node node = from.node(path).orElse(null);
      if (node instanceof Node.Directory directory) {
        return "files " + changes(FileTree.of(directory).diff(FileTree.empty()));
      }
      return node == null
          ? "nothing"
          : "file " + changes(Changes.of(new Change.Put(TreePath.of("file"), node)));
    }

    @Override
    public String cache(Mount.Cache cache) {
      return "cache " + cache.id();
    }

    @Override
    public String tmpfs(Mount.Tmpfs tmpfs) {
      return "tmpfs";
    }

    @Override
    public String secret(Mount.Secret secret) {
      return "secret";
    }

    @Override
    public String ssh(Mount.Ssh ssh) {
      return "ssh agent";
    }
  }
}
