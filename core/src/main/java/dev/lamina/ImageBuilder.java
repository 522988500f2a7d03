// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.build.BuildPlan;
import dev.lamina.build.BuildRequest;
import dev.lamina.build.DockerfileBuilder;
import dev.lamina.build.NamedContext;
import dev.lamina.build.RunOptions;
import dev.lamina.build.Secrets;
import dev.lamina.build.StoreImages;
import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Custom;
import dev.lamina.event.BuildListener;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.RunEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
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
 * }</pre>
 *
 * <p>A builder is immutable: every method gives another one, so a prefix can be shared. A method
 * that is named after an instruction takes what the instruction's line takes, variables included,
 * and both ways to the same image give the same files, configuration and history. Safe for use by
 * several threads.
 */
public final class ImageBuilder {
  private final Script script;
  private final List<UnaryOperator<BuildRequest>> settings;
  private final Optional<ImageReference> name;
  private final Optional<ImageStore> store;

  private ImageBuilder(
      Script script,
      List<UnaryOperator<BuildRequest>> settings,
      Optional<ImageReference> name,
      Optional<ImageStore> store) {
    this.script = script;
    this.settings = List.copyOf(settings);
    this.name = name;
    this.store = store;
  }

  private static ImageBuilder of(Script script) {
    return new ImageBuilder(script, List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * Starts from a Dockerfile; its folder is the build context until {@link #context(Path)} says
   * otherwise. The file is read when something is built.
   */
  public static ImageBuilder fromDockerfile(Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    return of(new Script.File(file)).context(folder);
  }

  /** Starts from the text of a Dockerfile, with an empty build context. */
  public static ImageBuilder fromText(String dockerfile) {
    return of(new Script.Text(dockerfile));
  }

  /**
   * Starts from an image, {@code FROM image}.
   *
   * @param image such as {@code debian:bookworm}, or {@code scratch} for none
   */
  public static ImageBuilder from(String image) {
    return of(new Script.Text("FROM " + Script.line(image) + "\n"));
  }

  /** Adds an instruction as a Dockerfile has it, such as {@code VOLUME /data}. */
  public ImageBuilder instruction(String line) {
    return new ImageBuilder(script.plus(line), settings, name, store);
  }

  /**
   * Adds an instruction with arguments that may hold blanks, {@code INSTALL_JAR ["my app.jar"]}.
   * Variables are replaced and quotes removed in them, as in those of COPY.
   *
   * @param keyword one of {@link #define}, or of Docker's that take a JSON array
   */
  public ImageBuilder instruction(String keyword, String... arguments) {
    return instruction(Script.line(keyword) + " " + Script.json(List.of(arguments)));
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
    ImageBuilder defined = with(request -> request.withInstruction(keyword, executor));
    return new ImageBuilder(script.withKeyword(keyword), defined.settings, name, store);
  }

  /** Adds {@code RUN command}, which the image's shell runs. */
  public ImageBuilder run(String command) {
    return instruction("RUN " + command);
  }

  /**
   * Adds {@code COPY} of a file, or of what is in a folder, of the host; no build context is
   * needed.
   */
  public ImageBuilder copy(Path source, String destination) {
    Path absolute = source.toAbsolutePath().normalize();
    boolean folder = Files.isDirectory(absolute);
    Path root = folder ? absolute : Optional.ofNullable(absolute.getParent()).orElse(absolute);
    String name = "copy-" + settings.size();
    String from = folder ? "." : String.valueOf(absolute.getFileName());
    return with(request ->
            request.withContext(name, new NamedContext.Files(BuildContext.folder(root))))
        .instruction("COPY --from=" + name + " " + Script.json(List.of(from, destination)));
  }

  /** Adds {@code COPY} of paths and wildcards of the build context. */
  public ImageBuilder copy(List<String> sources, String destination) {
    List<String> words = new ArrayList<>(sources);
    words.add(destination);
    return instruction("COPY " + Script.json(words));
  }

  /** Adds {@code COPY --from}: files of a stage, a named context or an image. */
  public ImageBuilder copyFrom(String from, String source, String destination) {
    return instruction(
        "COPY --from=" + Script.line(from) + " " + Script.json(List.of(source, destination)));
  }

  /** Adds {@code ADD} of a path, an archive or a URL. */
  public ImageBuilder add(String source, String destination) {
    return instruction("ADD " + Script.json(List.of(source, destination)));
  }

  /** Adds {@code ENV name=value}; variables in the value are expanded. */
  public ImageBuilder env(String name, String value) {
    return instruction("ENV " + name + "=" + Script.quoted(value));
  }

  /** Adds {@code LABEL name=value}; variables in the value are expanded. */
  public ImageBuilder label(String name, String value) {
    return instruction("LABEL " + Script.quoted(name) + "=" + Script.quoted(value));
  }

  /** Adds {@code ARG name}. */
  public ImageBuilder arg(String name) {
    return instruction("ARG " + name);
  }

  /** Adds {@code ARG name=value}. */
  public ImageBuilder arg(String name, String value) {
    return instruction("ARG " + name + "=" + Script.quoted(value));
  }

  /** Adds {@code WORKDIR path}. */
  public ImageBuilder workdir(String path) {
    return instruction("WORKDIR " + Script.line(path));
  }

  /** Adds {@code USER user}. */
  public ImageBuilder user(String user) {
    return instruction("USER " + Script.line(user));
  }

  /** Adds {@code EXPOSE port…}, each one {@code 80}, {@code 80-90} or {@code 53/udp}. */
  public ImageBuilder expose(String... ports) {
    return instruction("EXPOSE " + Script.line(String.join(" ", ports)));
  }

  /** Adds {@code ENTRYPOINT} in exec form. */
  public ImageBuilder entrypoint(String... command) {
    return instruction("ENTRYPOINT " + Script.json(List.of(command)));
  }

  /** Adds {@code CMD} in exec form. */
  public ImageBuilder cmd(String... command) {
    return instruction("CMD " + Script.json(List.of(command)));
  }

  /** Returns the text of the Dockerfile that this stands for. */
  public String toDockerfile() throws IOException {
    return script.text();
  }

  /** Takes files for {@code COPY} and {@code ADD} from a folder, whatever file system it is in. */
  public ImageBuilder context(Path folder) {
    return context(BuildContext.folder(folder));
  }

  /** Takes files for {@code COPY} and {@code ADD} from there. */
  public ImageBuilder context(BuildContext context) {
    return with(request -> request.withContext(context));
  }

  /** Gives files, an image or a stage a name for {@code FROM} and {@code --from}. */
  public ImageBuilder context(String name, NamedContext context) {
    return with(request -> request.withContext(name, context));
  }

  /** Gives a build argument, as {@code docker build --build-arg}. */
  public ImageBuilder buildArg(String name, String value) {
    return with(request -> request.withArgument(name, value));
  }

  /** Builds the stage of that name instead of the last one. */
  public ImageBuilder target(String stage) {
    return with(request -> request.withTarget(stage));
  }

  /** Gives the image one more name, such as {@code shop/app:1.4}. */
  public ImageBuilder tag(String tag) {
    ImageReference reference = ImageReference.parse(tag);
    ImageBuilder named = with(request -> request.withName(reference));
    return new ImageBuilder(script, named.settings, Optional.of(name.orElse(reference)), store);
  }

  /** Builds for another platform than this host's. */
  public ImageBuilder platform(String platform) {
    Platform parsed = Platform.parse(platform);
    return with(request -> request.withPlatform(parsed));
  }

  /** Tells what happens to a listener, in the place of one given before. */
  public ImageBuilder listener(BuildListener listener) {
    return with(request -> request.withListener(listener));
  }

  /** Gives everything that the build makes this time, so that the same input has one digest. */
  public ImageBuilder sourceDate(Instant time) {
    return with(request -> request.withEpoch(time));
  }

  /** Gives {@code RUN} steps secrets and SSH agents. */
  public ImageBuilder secrets(Secrets secrets) {
    return with(request -> request.withSecrets(secrets));
  }

  /** Says what {@code RUN} steps see of the host, and what they may ask for. */
  public ImageBuilder runOptions(RunOptions options) {
    return with(request -> request.withRunOptions(options));
  }

  /** Runs {@code RUN} steps with this engine; without it what works on this host is found out. */
  public ImageBuilder engine(RunEngine engine) {
    RunEngines engines = RunEngines.of(List.of(engine));
    return with(request -> request.withEngines(engines));
  }

  /** Runs independent stages on these threads. */
  public ImageBuilder executor(Executor executor) {
    return with(request -> request.withExecutor(executor));
  }

  /** Looks no step up in the cache. */
  public ImageBuilder noCache() {
    return with(BuildRequest::withoutCache);
  }

  /** Looks no step of one stage up in the cache. */
  public ImageBuilder noCacheFor(String stage) {
    return with(request -> request.withoutCacheFor(stage));
  }

  /** Builds in this store, which has the bases and gets the image; else the user's default. */
  public ImageBuilder store(ImageStore images) {
    return new ImageBuilder(script, settings, name, Optional.of(images));
  }

  private ImageBuilder with(UnaryOperator<BuildRequest> setting) {
    List<UnaryOperator<BuildRequest>> more = new ArrayList<>(settings);
    more.add(setting);
    return new ImageBuilder(script, more, name, store);
  }

  /**
   * Returns what a build would do, without doing it.
   *
   * @throws IOException if the Dockerfile can't be read or built, whatever the files are
   */
  public BuildPlan plan() throws IOException, InterruptedException {
    return builder(images()).plan(request());
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
    ImageStore images = images();
    BuildRequest request = request();
    return new Image(images.local(), builder(images).build(request), name);
  }

  private BuildRequest request() throws IOException {
    BuildRequest request = BuildRequest.of(script.parse());
    for (UnaryOperator<BuildRequest> setting : settings) {
      request = setting.apply(request);
    }
    return request;
  }

  private ImageStore images() throws IOException {
    return store.isPresent() ? store.get() : ImageStore.userDefault();
  }

  private static DockerfileBuilder builder(ImageStore images) {
    return new DockerfileBuilder(images.local(), new StoreImages(images.local()));
  }

  /** Returns the builder's instructions, for a message. */
  @Override
  public String toString() {
    return script.toString();
  }
}
