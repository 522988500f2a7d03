// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.build.BuildPlan;
import dev.lamina.build.BuildRequest;
import dev.lamina.build.NamedContext;
import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Custom;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.ParserOptions;
import dev.lamina.oci.ImageReference;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Builds an image from a Dockerfile, or from the same instructions as Java calls.
 *
 * <pre>{@code
 * Image app = ImageBuilder.fromDockerfile(Path.of("shop/Dockerfile")) // build context: its folder
 *     .buildArg("VERSION", "1.4")
 *     .tag("shop/app:1.4")
 *     .build();
 *
 * Image tools = ImageBuilder.from("debian:bookworm")
 *     .run("apt-get update && apt-get install -y git")
 *     .copy(Path.of("tools"), "/opt/tools")
 *     .build();
 *
 * Image server = ImageBuilder.from("debian:bookworm-slim")
 *     .stage("build", "golang:1.22", build -> build.copy(".", "/src").run("cd /src && go build"))
 *     .copyFrom("build", "/src/server", "/usr/bin/")
 *     .context(Path.of("server"))
 *     .build();
 * }</pre>
 *
 * <p>A builder is immutable: every method gives another one, so a prefix can be shared. Where a
 * setting is given twice, the last one counts. Safe for use by several threads.
 */
public final class ImageBuilder extends BuildSettings<ImageBuilder> {
  private static final String DOCKERFILE = "Dockerfile";

  private final Script script;
  private final List<UnaryOperator<BuildRequest>> settings;
  private final ParserOptions parsing;
  private final BuildHome home;

  private ImageBuilder(
      Script script,
      List<UnaryOperator<BuildRequest>> settings,
      ParserOptions parsing,
      BuildHome home) {
    this.script = script;
    this.settings = List.copyOf(settings);
    this.parsing = parsing;
    this.home = home;
  }

  private static ImageBuilder of(Script script) {
    return new ImageBuilder(script, List.of(), ParserOptions.defaults(), BuildHome.unknown());
  }

  /**
   * Starts from a Dockerfile; its folder is the build context until {@link #context(Path)} says
   * otherwise. A file beside it with {@code .dockerignore} at the end of its name takes the place
   * of the context's {@code .dockerignore}. It is read when something is built.
   */
  public static ImageBuilder fromDockerfile(Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    return of(new Script.InFile(file)).context(folder);
  }

  /**
   * Starts from a Dockerfile in a stream, such as {@code System.in}, with an empty build context.
   * The stream is read to its end, and stays open.
   */
  public static ImageBuilder fromDockerfile(InputStream dockerfile) throws IOException {
    return fromText(new String(dockerfile.readAllBytes(), StandardCharsets.UTF_8));
  }

  /** Starts from the text of a Dockerfile, with an empty build context. */
  public static ImageBuilder fromText(String dockerfile) {
    return of(new Script.InText(dockerfile));
  }

  /** Starts from the {@code Dockerfile} of a build context. */
  public static ImageBuilder fromContext(BuildContext context) {
    return fromContext(context, DOCKERFILE);
  }

  /**
   * Starts from a Dockerfile in a build context.
   *
   * @param dockerfile its path there; it may be left out by a {@code .dockerignore}
   */
  public static ImageBuilder fromContext(BuildContext context, String dockerfile) {
    return of(new Script.InContext(context, dockerfile)).context(context);
  }

  /** Starts from the {@code Dockerfile} of a Git repository, which is the build context. */
  public static ImageBuilder fromGit(String url) {
    return fromGit(url, DOCKERFILE);
  }

  /**
   * Starts from a Dockerfile in a Git repository, which is the build context. Needs the {@code git}
   * program.
   *
   * @param url {@code https://github.com/shop/app.git#main:docker}: repository, reference, folder
   * @param dockerfile its path in the folder
   * @throws IllegalArgumentException if the URL is no repository's
   */
  public static ImageBuilder fromGit(String url, String dockerfile) {
    if (NamedContext.parse(url) instanceof NamedContext.Git git) {
      GitSource repository = git.source();
      return of(new Script.InGit(repository, dockerfile))
          .with(request -> request.withContext(repository));
    }
    throw new IllegalArgumentException(url + ": expected the URL of a Git repository");
  }

  /**
   * Starts from an image, {@code FROM image}.
   *
   * @param image such as {@code debian:bookworm}, or {@code scratch} for none; {@code
   *     --platform=linux/arm64} may stand before it
   */
  public static ImageBuilder from(String image) {
    return of(FluentScript.from(image));
  }

  @Override
  public ImageBuilder instruction(String text) {
    return with(script.plus(text));
  }

  /**
   * Adds a stage before the last: a copy may take from it, and the last may be built from it.
   *
   * @param name what it is called in {@code --from} and FROM
   * @param image what it is built from
   * @param steps adds its instructions
   * @throws IllegalStateException if this didn't start with {@link #from}
   */
  public ImageBuilder stage(String name, String image, UnaryOperator<ImageBuilder> steps) {
    return stage(name, steps.apply(from(image)));
  }

  /** Adds a stage from nothing before the last, as {@link #stage(String, ImageBuilder)} does. */
  public ImageBuilder stage(String name, UnaryOperator<ImageBuilder> steps) {
    return stage(name, "scratch", steps);
  }

  /**
   * Adds the stages of another builder before the last. What that takes files from, it takes them
   * from here too; apart from that, its settings count where this has none.
   *
   * @param name what the last of them is called
   * @throws IllegalStateException if one of the two didn't start with {@link #from}
   */
  public ImageBuilder stage(String name, ImageBuilder stages) {
    List<UnaryOperator<BuildRequest>> all = new ArrayList<>(stages.settings);
    all.addAll(settings);
    FluentScript together = fluent().after(stages.fluent(), name);
    return new ImageBuilder(together, all, parsing, home);
  }

  /** Gives the last stage a name. */
  public ImageBuilder named(String stage) {
    return with(fluent().named(stage));
  }

  /** Adds {@code ARG name} before the first stage. */
  public ImageBuilder globalArg(String name) {
    return with(fluent().plusGlobal("ARG " + Words.plain(name)));
  }

  /** Adds {@code ARG name=value} before the first stage: for {@link #from} and its like. */
  public ImageBuilder globalArg(String name, String value) {
    return with(fluent().plusGlobal("ARG " + Words.plain(name) + "=" + Words.quoted(value)));
  }

  private FluentScript fluent() {
    if (script instanceof FluentScript fluent) {
      return fluent;
    }
    throw new IllegalStateException("expected a builder that began with from, found " + script);
  }

  /**
   * Adds {@code COPY} of a file, or of what is in a folder, of the host; no build context is
   * needed.
   */
  public ImageBuilder copy(Path source, String destination) {
    return copy(source, destination, Flags.none());
  }

  /** Adds {@code COPY} with flags of a file, or of what is in a folder, of the host. */
  public ImageBuilder copy(Path source, String destination, Flags flags) {
    Path absolute = source.toAbsolutePath().normalize();
    boolean folder = Files.isDirectory(absolute);
    Path root = folder ? absolute : Optional.ofNullable(absolute.getParent()).orElse(absolute);
    String name = "host-" + Integer.toHexString(root.toUri().hashCode());
    String from = folder ? "." : String.valueOf(absolute.getFileName());
    return context(name, root).copy(List.of(from), destination, flags.from(name));
  }

  /**
   * Returns the text of the Dockerfile that this stands for.
   *
   * @throws IOException if it can't be read
   */
  public String toDockerfile() throws IOException, InterruptedException {
    return script instanceof FluentScript fluent
        ? fluent.text()
        : script.read(home.images().local()).text();
  }

  /** Gives the image one more name, such as {@code shop/app:1.4}. */
  public ImageBuilder tag(String tag) {
    ImageReference reference = ImageReference.parse(tag);
    return with(request -> request.withName(reference)).with(home.withName(reference));
  }

  /**
   * Makes a keyword that Docker doesn't know an instruction, in the Dockerfile, in triggers and in
   * what is added here.
   *
   * <pre>{@code
   * ImageBuilder.fromDockerfile(file)
   *     .define("STAMP", (stamp, step) -> step.perform("LABEL stamp=" + stamp.arguments()))
   * }</pre>
   *
   * @param keyword letters, digits, {@code _} and {@code -}, in any letter case
   * @throws IllegalArgumentException if Docker has the keyword
   */
  public ImageBuilder define(String keyword, InstructionExecutor<Custom> executor) {
    return new ImageBuilder(script, settings, parsing.withCustomKeyword(keyword), home)
        .with(request -> request.withInstruction(keyword, executor));
  }

  /** Builds in this store, which has the bases and gets the image; else the user's default. */
  public ImageBuilder store(ImageStore images) {
    return with(home.withStore(images));
  }

  /** Pulls images that the store doesn't have, instead of failing for them. */
  public ImageBuilder pullMissing() {
    return pullMissing(pull -> pull);
  }

  /**
   * Pulls images that the store doesn't have.
   *
   * @param how says how each is pulled: with which credentials, from which mirror
   */
  public ImageBuilder pullMissing(UnaryOperator<Pull> how) {
    return with(home.withPulls(how));
  }

  @Override
  ImageBuilder with(UnaryOperator<BuildRequest> setting) {
    List<UnaryOperator<BuildRequest>> more = new ArrayList<>(settings);
    more.add(setting);
    return new ImageBuilder(script, more, parsing, home);
  }

  private ImageBuilder with(Script other) {
    return new ImageBuilder(other, settings, parsing, home);
  }

  private ImageBuilder with(BuildHome other) {
    return new ImageBuilder(script, settings, parsing, other);
  }

  /**
   * Returns what a build would do, without doing it.
   *
   * @throws IOException if the Dockerfile can't be read or built, whatever the files are
   */
  public BuildPlan plan() throws IOException, InterruptedException {
    ImageStore images = home.images();
    return home.builder(images).plan(request(images));
  }

  /**
   * Builds the image. If that fails, the store has the layers of the steps that were done, which
   * the next build takes up, and nothing else of it.
   *
   * @throws dev.lamina.build.BuildException if a step can't be carried out; it names the line
   * @throws IOException if the Dockerfile can't be read or the store can't be written
   * @throws InterruptedException if this thread is interrupted; the build has stopped then
   */
  public Image build() throws IOException, InterruptedException {
    ImageStore images = home.images();
    StoredImage built = home.builder(images).build(request(images));
    return new Image(images.local(), built, home.name());
  }

  /** Starts building in a thread of its own, as {@link #build} does in yours. */
  public RunningBuild start() {
    return RunningBuild.start(this::build);
  }

  private BuildRequest request(ImageStore images) throws IOException, InterruptedException {
    Script.Read read = script.read(images.local());
    Dockerfile dockerfile = read.parse(parsing);
    BuildRequest request = BuildRequest.of(dockerfile);
    for (UnaryOperator<BuildRequest> setting : settings) {
      request = setting.apply(request);
    }
    return read.ignore().isPresent() ? request.withIgnore(read.ignore().get()) : request;
  }

  /** Returns the builder's instructions, for a message. */
  @Override
  public String toString() {
    return script.toString();
  }
}
