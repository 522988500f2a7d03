// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Custom;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.event.BuildListener;
import dev.lamina.fetch.GitContext;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.InstructionExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.annotation.Nullable;

/**
 * What to build, out of what, and how: everything but the store and the engine. Immutable: each
 * {@code with…} returns a copy.
 */
public final class BuildRequest {
  private final Draft values;

  private static final class Draft implements Cloneable {
    Dockerfile dockerfile;
    BuildContext context = BuildContext.empty();
    Map<String, NamedContext> contexts = Map.of();
    Map<String, String> arguments = Map.of();
    Map<String, String> labels = Map.of();
    Map<String, InstructionExecutor<Custom>> instructions = Map.of();
    List<ImageReference> names = List.of();
    Set<String> uncachedStages = Set.of();
    Secrets secrets = Secrets.none();
    RunOptions runOptions = RunOptions.defaults();
    RunEngines engines = RunEngines.host();
    BuildListener listener = BuildListener.none();
    Clock clock = Clock.systemUTC();
    List<CacheLocation> cacheSources = List.of();
    List<CacheTarget> cacheTargets = List.of();
    boolean cached = true;
    boolean reproducible;
    boolean strict;
    @Nullable Dockerignore ignore;
    @Nullable GitSource repository;
    @Nullable String target;
    @Nullable Platform platform;
    @Nullable Instant epoch;
    @Nullable Executor executor;

    Draft(Dockerfile dockerfile) {
      this.dockerfile = dockerfile;
    }

    Draft copy() {
      try {
        return (Draft) clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Where the cache is written.
   *
   * @param location the place
   * @param mode how much of it
   */
  record CacheTarget(CacheLocation location, CacheMode mode) {}

  private BuildRequest(Draft values) {
    this.values = values;
  }

  /** Returns the request for a Dockerfile with an empty context. */
  public static BuildRequest of(Dockerfile dockerfile) {
    return new BuildRequest(new Draft(dockerfile));
  }

  private interface Edit {
    void apply(Draft draft);
  }

  private BuildRequest with(Edit edit) {
    Draft copy = values.copy();
    edit.apply(copy);
    return new BuildRequest(copy);
  }

  /** Returns this with another Dockerfile. */
  public BuildRequest withDockerfile(Dockerfile dockerfile) {
    return with(draft -> draft.dockerfile = dockerfile);
  }

  /** Returns this with another build context. */
  public BuildRequest withContext(BuildContext context) {
    return with(
        draft -> {
          draft.context = context;
          draft.repository = null;
        });
  }

  /** Returns this with the files of a Git repository as the build context. */
  public BuildRequest withContext(GitSource repository) {
    return with(draft -> draft.repository = repository);
  }

  /** Returns this with other rules in the place of the build context's {@code .dockerignore}. */
  public BuildRequest withIgnore(Dockerignore rules) {
    return with(draft -> draft.ignore = rules);
  }

  /** Returns this with a named context; names of stages ignore letter case. */
  public BuildRequest withContext(String name, NamedContext context) {
    String key = name.toLowerCase(Locale.ROOT);
    return with(draft -> draft.contexts = plus(draft.contexts, key, context));
  }

  /** Returns this with a build argument. */
  public BuildRequest withArgument(String name, String value) {
    return with(draft -> draft.arguments = plus(draft.arguments, name, value));
  }

  /** Returns this with a label for the image. */
  public BuildRequest withLabel(String name, String value) {
    return with(draft -> draft.labels = plus(draft.labels, name, value));
  }

  /** Returns this with an executor for an instruction that is not Docker's. */
  public BuildRequest withInstruction(String keyword, InstructionExecutor<Custom> executor) {
    String key = keyword.toUpperCase(Locale.ROOT);
    return with(draft -> draft.instructions = plus(draft.instructions, key, executor));
  }

  /** Returns this with one more name for the image. */
  public BuildRequest withName(ImageReference name) {
    return with(draft -> draft.names = plus(draft.names, name));
  }

  /** Returns this with other secrets. */
  public BuildRequest withSecrets(Secrets secrets) {
    return with(draft -> draft.secrets = secrets);
  }

  /** Returns this with RUN steps run by the first of some engines that works. */
  public BuildRequest withEngines(RunEngines engines) {
    return with(draft -> draft.engines = engines);
  }

  /** Returns this with other options for RUN steps. */
  public BuildRequest withRunOptions(RunOptions options) {
    return with(draft -> draft.runOptions = options);
  }

  /** Returns this with another listener. */
  public BuildRequest withListener(BuildListener listener) {
    return with(draft -> draft.listener = listener);
  }

  /** Returns this with another clock. */
  public BuildRequest withClock(Clock clock) {
    return with(draft -> draft.clock = clock);
  }

  /** Returns this for the stage of that name instead of the last. */
  public BuildRequest withTarget(String stage) {
    return with(draft -> draft.target = stage);
  }

  /** Returns this for another platform than the host's, by its usual name. */
  public BuildRequest withPlatform(Platform platform) {
    Platform normalized = platform.normalized();
    return with(draft -> draft.platform = normalized);
  }

  /** Returns this with the time that everything the build makes is to have. */
  public BuildRequest withEpoch(Instant epoch) {
    return with(draft -> draft.epoch = epoch);
  }

  /**
   * Returns this with the same digest for the same files wherever and whenever they are built: with
   * a time for everything made, 1970 if no other is given, which context files have too and no file
   * of a new layer exceeds.
   */
  public BuildRequest withReproducible() {
    return with(draft -> draft.reproducible = true);
  }

  /** Returns this with warnings about what Docker does silently made errors. */
  public BuildRequest withStrict() {
    return with(draft -> draft.strict = true);
  }

  /** Returns this with the threads to use; without it a build has threads of its own. */
  public BuildRequest withExecutor(Executor executor) {
    return with(draft -> draft.executor = executor);
  }

  /** Returns this with one more cache that is asked for what this store's doesn't know. */
  public BuildRequest withCacheFrom(CacheLocation location) {
    return with(draft -> draft.cacheSources = plus(draft.cacheSources, location));
  }

  /** Returns this with the steps of the build written to one more place when it is done. */
  public BuildRequest withCacheTo(CacheLocation location, CacheMode mode) {
    return with(
        draft -> draft.cacheTargets = plus(draft.cacheTargets, new CacheTarget(location, mode)));
  }

  private static <T> List<T> plus(List<T> list, T element) {
    List<T> more = new ArrayList<>(list);
    more.add(element);
    return Collections.unmodifiableList(more);
  }

  /** Returns this without looking steps up in the cache. */
  public BuildRequest withoutCache() {
    return with(draft -> draft.cached = false);
  }

  /** Returns this without looking up one stage's steps in the cache. */
  public BuildRequest withoutCacheFor(String stage) {
    return with(
        draft -> {
          Set<String> more = new HashSet<>(draft.uncachedStages);
          more.add(stage.toLowerCase(Locale.ROOT));
          draft.uncachedStages = Set.copyOf(more);
        });
  }

  private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
    Map<String, V> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return Collections.unmodifiableMap(more);
  }

  Dockerfile dockerfile() {
    return values.dockerfile;
  }

  /** Returns the build context with the rules given for it. */
  BuildContext context(GitRepositories repositories) {
    BuildContext context =
        values.repository == null
            ? values.context
            : new GitContext(repositories, values.repository);
    return values.ignore == null ? context : context.withIgnore(values.ignore);
  }

  Map<String, NamedContext> contexts() {
    return values.contexts;
  }

  Map<String, String> arguments() {
    return values.arguments;
  }

  Map<String, String> labels() {
    return values.labels;
  }

  Map<String, InstructionExecutor<Custom>> instructions() {
    return values.instructions;
  }

  List<ImageReference> names() {
    return values.names;
  }

  Secrets secrets() {
    return values.secrets;
  }

  RunEngines engines() {
    return values.engines;
  }

  RunOptions runOptions() {
    return values.runOptions;
  }

  BuildListener listener() {
    return values.listener;
  }

  Clock clock() {
    return values.clock;
  }

  Optional<String> target() {
    return Optional.ofNullable(values.target);
  }

  Optional<Platform> platform() {
    return Optional.ofNullable(values.platform);
  }

  /** Returns the time given, or else that of the argument that says it. */
  Optional<Instant> epoch() {
    String argument = values.arguments.getOrDefault("SOURCE_DATE_EPOCH", "");
    if (values.epoch == null && argument.matches("\\d{1,11}")) {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(argument)));
    }
    return Optional.ofNullable(values.epoch)
        .or(() -> values.reproducible ? Optional.of(Instant.EPOCH) : Optional.empty());
  }

  Optional<Executor> executor() {
    return Optional.ofNullable(values.executor);
  }

  List<CacheLocation> cacheSources() {
    return values.cacheSources;
  }

  List<CacheTarget> cacheTargets() {
    return values.cacheTargets;
  }

  boolean isReproducible() {
    return values.reproducible;
  }

  boolean isStrict() {
    return values.strict;
  }

  boolean usesCache(String stage) {
    return values.cached && !values.uncachedStages.contains(stage);
  }
}
