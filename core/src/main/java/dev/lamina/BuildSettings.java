// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.build.BuildRequest;
import dev.lamina.build.CacheLocation;
import dev.lamina.build.CacheMode;
import dev.lamina.build.NamedContext;
import dev.lamina.build.RunOptions;
import dev.lamina.build.Secrets;
import dev.lamina.context.BuildContext;
import dev.lamina.event.BuildListener;
import dev.lamina.oci.Platform;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.RunEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * What is said of a build beside its instructions: where files come from, which cache is asked, how
 * RUN steps run, as the flags of {@code docker build} do. A method gives another builder; where a
 * setting is given twice, the last one counts.
 *
 * @param <B> the builder
 */
public abstract class BuildSettings<B extends BuildSettings<B>> extends StageSteps<B> {
  BuildSettings() {}

  /** Returns a builder with one more setting, which counts when the Dockerfile is read. */
  abstract B with(UnaryOperator<BuildRequest> setting);

  /** Takes files for {@code COPY} and {@code ADD} from a folder, whatever file system it is in. */
  public B context(Path folder) {
    return context(BuildContext.folder(folder));
  }

  /** Takes files for {@code COPY} and {@code ADD} from there. */
  public B context(BuildContext context) {
    return with(request -> request.withContext(context));
  }

  /** Gives a folder a name for {@code FROM} and {@code --from}. */
  public B context(String name, Path folder) {
    return context(name, new NamedContext.Files(BuildContext.folder(folder)));
  }

  /** Gives files, an image or a stage a name for {@code FROM} and {@code --from}. */
  public B context(String name, NamedContext context) {
    return with(request -> request.withContext(name, context));
  }

  /**
   * Gives what {@code docker build --build-context name=…} takes a name, see {@link NamedContext}.
   */
  public B context(String name, String what) {
    return context(name, NamedContext.parse(what));
  }

  /** Gives a build argument, as {@code docker build --build-arg}. */
  public B buildArg(String name, String value) {
    return with(request -> request.withArgument(name, value));
  }

  /** Builds the stage of that name instead of the last one. */
  public B target(String stage) {
    return with(request -> request.withTarget(stage));
  }

  /** Builds for another platform than this host's. */
  public B platform(String platform) {
    Platform parsed = Platform.parse(platform);
    return with(request -> request.withPlatform(parsed));
  }

  /** Tells what happens to a listener, in the place of one given before. */
  public B listener(BuildListener listener) {
    return with(request -> request.withListener(listener));
  }

  /** Gives everything that the build makes this time, so that the same input has one digest. */
  public B sourceDate(Instant time) {
    return with(request -> request.withEpoch(time));
  }

  /**
   * Makes the image the same wherever and whenever it is built from the same files: everything made
   * gets one time, that of {@link #sourceDate} or else 1970, files of contexts get it whatever
   * theirs is, and no other file keeps a later one.
   */
  public B reproducible() {
    return with(BuildRequest::withReproducible);
  }

  /** Gives the image a label that is not in the Dockerfile, as {@code docker build --label}. */
  public B imageLabel(String name, String value) {
    return with(request -> request.withLabel(name, value));
  }

  /**
   * Makes errors of what Docker is silent about although it is hardly meant: the name of an owner
   * that isn't there, an ARG that hides an ENV, a wildcard that matches nothing.
   */
  public B strict() {
    return with(BuildRequest::withStrict);
  }

  /** Gives {@code RUN} steps secrets and SSH agents. */
  public B secrets(Secrets secrets) {
    return with(request -> request.withSecrets(secrets));
  }

  /** Says what {@code RUN} steps see of the host, and what they may ask for. */
  public B runOptions(RunOptions options) {
    return with(request -> request.withRunOptions(options));
  }

  /** Runs {@code RUN} steps with this engine; without it what works on this host is found out. */
  public B engine(RunEngine engine) {
    RunEngines engines = RunEngines.of(List.of(engine));
    return with(request -> request.withEngines(engines));
  }

  /** Runs independent stages on these threads. */
  public B executor(Executor executor) {
    return with(request -> request.withExecutor(executor));
  }

  /** Looks no step up in the cache. */
  public B noCache() {
    return with(BuildRequest::withoutCache);
  }

  /** Looks no step of one stage up in the cache. */
  public B noCacheFor(String stage) {
    return with(request -> request.withoutCacheFor(stage));
  }

  /**
   * Asks a cache that another machine wrote for the steps that this store doesn't know. Who may
   * write there is trusted with what the image is made of. If it isn't there, that is a warning.
   */
  public B cacheFrom(CacheLocation location) {
    return with(request -> request.withCacheFrom(location));
  }

  /** Writes the steps of the image to a place where another machine can ask for them. */
  public B cacheTo(CacheLocation location) {
    return cacheTo(location, CacheMode.MIN);
  }

  /** Writes the steps of the image, or of all stages, to a place for other machines. */
  public B cacheTo(CacheLocation location, CacheMode mode) {
    return with(request -> request.withCacheTo(location, mode));
  }
}
