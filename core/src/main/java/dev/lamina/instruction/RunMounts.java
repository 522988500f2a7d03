// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.MountFlag;
import dev.lamina.dockerfile.Run;
import dev.lamina.dockerfile.RunMount;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.path.PathFilter;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.Mount;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mounts of a RUN, from what its flags say to what an engine is given. */
final class RunMounts {
  private static final int PERMISSIONS = 0777;

  private RunMounts() {}

  /** A mount that is planned: its sources are known, their files not. */
  sealed interface Planned {
    /** Fails if it is taken from that source, and isn't there. */
    default void checkSource(FileSource source, FileTree files) throws IOException {}

    /** Says what of it the layer depends on. */
    void declare(LayerInputs inputs) throws IOException, InterruptedException;

    /** Adds it to the process. */
    void add(ProcessSpec.Builder process, Environment environment, LayerContext layer)
        throws IOException, InterruptedException;
  }

  /** The variables that mounts bring: an agent's socket, secrets. */
  static final class Environment {
    private final Map<String, String> visible = new HashMap<>();
    private final Map<String, String> secret = new HashMap<>();
    private int agents;

    Map<String, String> visible() {
      return visible;
    }

    Map<String, String> secret() {
      return secret;
    }
  }

  static List<Planned> of(Run run, StepContext step) throws StepException {
    List<Planned> planned = new ArrayList<>();
    for (MountFlag flag : run.mounts()) {
      try {
        planned.add(of(flag.mount(), step));
      } catch (ExpansionException e) {
        throw new StepException(e.problem(), e);
      }
    }
    return planned;
  }

  private static Planned of(RunMount mount, StepContext step) throws StepException {
    if (mount instanceof RunMount.Bind bind) {
      FileSource source =
          bind.from().isPresent() ? step.source(bind.from().get()) : step.buildContext();
      source.need(SlashPath.absolute(bind.source()));
      return new Bind(
          target(bind.target(), step), source, SlashPath.absolute(bind.source()), !bind.readOnly());
    }
    if (mount instanceof RunMount.Cache cache) {
      boolean owned = !cache.ownership().equals(RunMount.Ownership.NONE);
      boolean whole = SlashPath.absolute(cache.source()).equals("/");
      if (cache.from().isEmpty() && !whole) {
        throw new StepException(
            "cache mount: source " + cache.source() + " without from: not found, name where it is");
      }
      Optional<FileSource> seed = // as BuildKit, which makes a new directory to own
          cache.from().isPresent() && !(whole && owned)
              ? Optional.of(step.source(cache.from().get()))
              : Optional.empty();
      seed.ifPresent(source -> source.need(SlashPath.absolute(cache.source())));
      String id = cache.id().orElse(SlashPath.clean(cache.target()));
      return new Cache(target(cache.target(), step), id, seed, cache);
    }
    if (mount instanceof RunMount.Tmpfs tmpfs) {
      return new Tmpfs(target(tmpfs.target(), step), tmpfs);
    }
    if (mount instanceof RunMount.Secret secret) {
      return Secret.of(secret, step);
    }
    return new Ssh((RunMount.Ssh) mount);
  }

  private static String target(String target, StepContext step) throws StepException {
    String path =
        target.startsWith("/") ? target : SlashPath.join("/" + step.config().workingDir(), target);
    if (SlashPath.clean(path).equals("/")) {
      throw new StepException("invalid mount target \"" + path + "\"");
    }
    return path;
  }

  /** A heredoc that is a program. */
  record Document(String name, String body) implements Planned {
    private static final int MODE = 0755;

    @Override
    public void declare(LayerInputs inputs) {
      inputs.add("heredoc " + name, body);
    }

    @Override
    public void add(ProcessSpec.Builder process, Environment environment, LayerContext layer)
        throws IOException {
      Content content = Content.of(body.getBytes(StandardCharsets.UTF_8));
      Node file = Node.file(Metadata.of(MODE, Instant.EPOCH), content);
      FileTree tree = FileTree.empty().graft(TreePath.of(name), file);
      RootFs root = new RootFs(tree, List.of(), tree.diff(FileTree.empty()));
      var unused = process.mount(new Mount.Bind(ShellInput.FOLDER, root, "/", false));
    }
  }

  private record Bind(String target, FileSource source, String path, boolean writable)
      implements Planned {
    @Override
    public void declare(LayerInputs inputs) throws IOException, InterruptedException {
      inputs.add("mount", "bind " + target + " " + writable);
      FileTree tree = inputs.tree(source);
      new NodeDigests(tree, inputs, PathFilter.ALL).declare(resolve(tree), "");
    }

    private TreePath resolve(FileTree tree) throws IOException {
      TreePath resolved = tree.follow(TreePath.of(path));
      if (tree.node(resolved).isEmpty()) {
        throw new StepException(
            "\"" + path + "\": not found: no such file or directory in " + source.name());
      }
      return resolved;
    }

    @Override
    public void checkSource(FileSource from, FileTree files) throws IOException {
      if (from.equals(source)) {
        TreePath unused = resolve(files);
      }
    }

    @Override
    public void add(ProcessSpec.Builder process, Environment environment, LayerContext layer)
        throws IOException, InterruptedException {
      var unused = process.mount(new Mount.Bind(target, layer.root(source), path, writable));
    }
  }

  private record Cache(String target, String id, Optional<FileSource> seed, RunMount.Cache flag)
      implements Planned {
    private static final int MODE = 0755;

    @Override
    public void declare(LayerInputs inputs) {
      inputs.add("mount", "cache " + target + " " + id); // what is in it is no input
      inputs.add("mount of " + target, flag.ownership() + " " + flag.readOnly());
    }

    @Override
    public void add(ProcessSpec.Builder process, Environment environment, LayerContext layer)
        throws IOException, InterruptedException {
      Optional<Mount.Seed> start =
          seed.isPresent()
              ? Optional.of(
                  new Mount.Seed(layer.root(seed.get()), SlashPath.absolute(flag.source())))
              : Optional.empty();
      var unused =
          process.mount(
              new Mount.Cache(
                  target,
                  id,
                  Mount.Sharing.valueOf(flag.sharing().name()),
                  flag.ownership().mode().orElse(MODE),
                  flag.ownership().uid().orElse(0),
                  flag.ownership().gid().orElse(0),
                  !flag.readOnly(),
                  start));
    }
  }

  private record Tmpfs(String target, RunMount.Tmpfs flag) implements Planned {
    @Override
    public void declare(LayerInputs inputs) {
      inputs.add("mount", "tmpfs " + target + " " + flag.size());
      inputs.add("mount of " + target, flag.readOnly() + "");
    }

    @Override
    public void add(ProcessSpec.Builder process, Environment environment, LayerContext layer) {
      var unused = process.mount(new Mount.Tmpfs(target, flag.size(), !flag.readOnly()));
    }
  }

  private record Secret(Optional<String> target, RunMount.Secret flag) implements Planned {
    private static final int MODE = 0400;
    private static final String FOLDER = "/run/secrets/";

    static Secret of(RunMount.Secret flag, StepContext step) throws StepException {
      if (!flag.target().isEmpty()) {
        return new Secret(Optional.of(RunMounts.target(flag.target(), step)), flag);
      }
      return flag.env().isPresent()
          ? new Secret(Optional.empty(), flag)
          : new Secret(Optional.of(FOLDER + SlashPath.base(flag.id())), flag);
    }

    @Override
    public void declare(LayerInputs inputs) {
      inputs.add("secret", flag.id() + " " + target.orElse("") + " " + flag.env().orElse(""));
      inputs.add("secret's mode", flag.ownership().toString());
    }

    @Override
    public void add(ProcessSpec.Builder process, Environment environment, LayerContext layer)
        throws IOException {
      Optional<byte[]> value = layer.secret(flag.id());
      if (value.isEmpty() && flag.required()) {
        throw new StepException("secret " + flag.id() + ": not found");
      }
      String text = new String(value.orElse(new byte[0]), StandardCharsets.UTF_8);
      flag.env().ifPresent(name -> environment.secret.put(name, text));
      if (target.isPresent() && value.isPresent()) {
        var unused =
            process.mount(
                new Mount.Secret(
                    target.get(),
                    Content.of(value.get()),
                    flag.ownership().mode().orElse(MODE) & PERMISSIONS,
                    flag.ownership().uid().orElse(0),
                    flag.ownership().gid().orElse(0)));
      }
    }
  }

  private record Ssh(RunMount.Ssh flag) implements Planned {
    private static final int MODE = 0600;

    @Override
    public void declare(LayerInputs inputs) {
      inputs.add("ssh agent", flag.id() + " " + flag.target());
      inputs.add("ssh agent's mode", flag.ownership().toString());
    }

    @Override
    public void add(ProcessSpec.Builder process, Environment environment, LayerContext layer)
        throws IOException {
      String target =
          flag.target().isEmpty()
              ? "/run/buildkit/ssh_agent." + environment.agents++
              : SlashPath.absolute(flag.target());
      environment.visible.putIfAbsent("SSH_AUTH_SOCK", target); // even if nobody is there
      Optional<Path> agent = layer.sshAgent(flag.id());
      if (agent.isEmpty()) {
        if (flag.required()) {
          throw new StepException("ssh agent " + flag.id() + ": not found");
        }
        return;
      }
      var unused =
          process.mount(
              new Mount.Ssh(
                  target,
                  agent.get(),
                  flag.ownership().mode().orElse(MODE) & PERMISSIONS,
                  flag.ownership().uid().orElse(0),
                  flag.ownership().gid().orElse(0)));
    }
  }
}
