// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import dev.lamina.fetch.Downloads;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.Lease;
import dev.lamina.store.LocalStore;
import dev.lamina.store.PruneReport;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Builds images into a store.
 *
 * <pre>{@code
 * DockerfileBuilder builder = new DockerfileBuilder(store, images);
 * StoredImage image = builder.build(
 *     BuildRequest.of(Dockerfile.parse(Path.of("Dockerfile")))
 *         .withContext(BuildContext.folder(Path.of("."))));
 * }</pre>
 *
 * <p>Safe for use by several threads. The store must stay open for as long as a build runs.
 */
public final class DockerfileBuilder {
  private final LocalStore store;
  private final BaseImages images;

  /** Makes a builder. */
  public DockerfileBuilder(LocalStore store, BaseImages images) {
    this.store = store;
    this.images = images;
  }

  /**
   * Returns what a build would do.
   *
   * @throws BuildException if the Dockerfile can't be built, whatever the files are
   */
  public BuildPlan plan(BuildRequest request) throws IOException, InterruptedException {
    return plan(request, repositories());
  }

  private BuildPlan plan(BuildRequest request, GitRepositories repositories)
      throws IOException, InterruptedException {
    return new Planner(request, images, repositories).plan();
  }

  private GitRepositories repositories() {
    return new GitRepositories(() -> store.folder("git"));
  }

  /**
   * Builds an image. If that fails, the store has the layers of the steps that were done, which the
   * next build takes up, and nothing else of it.
   *
   * @throws BuildException if a step can't be carried out
   * @throws InterruptedException if this thread is interrupted; the build has stopped then
   */
  public StoredImage build(BuildRequest request) throws IOException, InterruptedException {
    Events events = new Events(request.listener());
    long start = System.nanoTime();
    try {
      StoredImage image = build(request, events);
      events.tell(
          new BuildEvent.Finished(
              image.id().toString(),
              request.names().stream().map(ImageReference::familiar).toList(),
              Duration.ofNanos(System.nanoTime() - start)));
      return image;
    } catch (IOException e) {
      events.tell(
          new BuildEvent.Failed(Messages.of(e), Duration.ofNanos(System.nanoTime() - start)));
      throw e;
    } catch (InterruptedException e) {
      events.tell(new BuildEvent.Failed("cancelled", Duration.ofNanos(System.nanoTime() - start)));
      throw e;
    }
  }

  private StoredImage build(BuildRequest request, Events events)
      throws IOException, InterruptedException {
    Lease lease = store.lease(); // nothing the build brings or makes is pruned before it has a name
    try {
      FoundLayers found = new FoundLayers(store);
      try {
        return build(request, events, found);
      } catch (IOException | UncheckedIOException e) {
        if (!areGone(found, e)) {
          throw e;
        }
      }
      events.tell(
          new BuildEvent.Warning(
              "LayersPruned",
              "layers were pruned while they were in use: the build starts over",
              0));
      FoundLayers kept = new FoundLayers(store);
      kept.retain();
      return build(request, events, kept);
    } finally {
      lease.close();
    }
  }

  private static boolean areGone(FoundLayers found, Exception failure) {
    try {
      return found.areGone();
    } catch (IOException e) { // the store itself fails, or this thread was interrupted
      failure.addSuppressed(e);
      return false;
    }
  }

  private StoredImage build(BuildRequest request, Events events, FoundLayers found)
      throws IOException, InterruptedException {
    GitRepositories repositories = repositories();
    BuildPlan plan = plan(request, repositories);
    for (PlannedStage stage : plan.all()) {
      if (stage.base() instanceof StageBase.Image base) {
        found.add(base.image());
      }
    }
    plan.warnings().forEach(events::tell);
    events.tell(
        new BuildEvent.Planned(
            plan.stages().stream()
                .flatMap(stage -> stage.steps().stream())
                .flatMap(step -> step.info().stream())
                .toList()));
    return build(plan, request, repositories, events, found);
  }

  private StoredImage build(
      BuildPlan plan,
      BuildRequest request,
      GitRepositories repositories,
      Events events,
      FoundLayers found)
      throws IOException, InterruptedException {
    UsedSteps used = new UsedSteps();
    ContentDigests digests = ContentDigests.open(store.notes("content-digests"), request.clock());
    BuildServices services =
        new BuildServices(
            request,
            store,
            CachedLayers.open(cache(), store, request, found, events),
            used,
            new StepsOnce(),
            digests,
            new Downloads(() -> store.folder("downloads")),
            repositories,
            events);
    StageState result;
    try {
      result = execute(plan, services);
    } finally {
      save(digests);
    }
    StoredImage image = store.put(config(plan, result, request), result.layers(), request.names());
    for (BuildRequest.CacheTarget target : request.cacheTargets()) {
      SharedCache.write(exported(plan, used, target.mode()), store, target.location());
    }
    return image;
  }

  private static List<UsedSteps.Used> exported(BuildPlan plan, UsedSteps used, CacheMode mode) {
    if (mode == CacheMode.MAX) {
      return used.all();
    }
    Set<StageDraft> inImage = new HashSet<>();
    for (StageDraft at = plan.target().draft(); at != null; at = at.baseOrNull()) {
      inImage.add(at);
    }
    return used.all().stream().filter(step -> inImage.contains(step.stage())).toList();
  }

  private BuildCache cache() throws IOException {
    return BuildCache.open(store.notes("build-cache"));
  }

  /**
   * Forgets steps that were not used for a time, then those used longest ago until the layers of
   * the others are no larger than allowed, and deletes what nothing refers to any more.
   *
   * @param unusedFor how long a step must not have been used, at least; zero for any time
   * @param keptBytes how large the layers of the steps that stay may be together, uncompressed
   */
  public PruneReport pruneCache(Duration unusedFor, long keptBytes) throws IOException {
    BuildCache cache = cache();
    Set<String> keys = new HashSet<>();
    Set<Digest> kept = new HashSet<>();
    Instant oldest = Instant.now().minus(unusedFor);
    long size = 0;
    for (BuildCache.Entry entry : cache.entries()) {
      Optional<Layer> layer = store.layers().find(entry.record().layer());
      if (layer.isEmpty() || !entry.used().isAfter(oldest)) {
        continue;
      }
      size += kept.contains(layer.get().diffId()) ? 0 : layer.get().size();
      if (size > keptBytes) {
        break;
      }
      kept.add(layer.get().diffId());
      keys.add(entry.key());
    }
    cache.keepOnly(keys);
    return store.prune(true, Duration.ZERO, kept);
  }

  /** Returns the layers of the steps that the cache knows, which pruning images should leave. */
  public Set<Digest> cachedLayers() throws IOException {
    Set<Digest> layers = new HashSet<>();
    for (BuildCache.Entry entry : cache().entries()) {
      layers.add(entry.record().layer());
    }
    return layers;
  }

  /** What was read is remembered even if the build was interrupted. */
  private static void save(ContentDigests digests) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      digests.save();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static StageState execute(BuildPlan plan, BuildServices services)
      throws IOException, InterruptedException {
    Cancellation cancellation = new Cancellation();
    Optional<Executor> given = services.request().executor();
    if (given.isPresent()) {
      return new BuildExecutor(plan, services, given.get(), CompletableFuture::get, cancellation)
          .run();
    }
    StepThreads threads = new StepThreads(Math.max(2, Runtime.getRuntime().availableProcessors()));
    return new BuildExecutor(plan, services, threads, threads::await, cancellation).run();
  }

  private static ImageConfig config(BuildPlan plan, StageState state, BuildRequest request) {
    PlannedStage stage = plan.target();
    List<HistoryEntry> history =
        History.complete(
            History.cover(state.history(), state.layers().size(), plan.lastLayer(stage)));
    if (request.epoch().isPresent()) {
      history = History.clamp(history, stage.baseConfig().history(), request.epoch().get());
    }
    var container = stage.config();
    for (Map.Entry<String, String> label : request.labels().entrySet()) {
      container = container.withLabel(label.getKey(), label.getValue());
    }
    ImageConfig config =
        stage
            .baseConfig()
            .withPlatform(request.platform().orElse(stage.platform()))
            .withConfig(container)
            .withAuthor(stage.author())
            .withLayers(state.layers().stream().map(Layer::diffId).toList(), history);
    Optional<Instant> created =
        history.stream().map(HistoryEntry::created).flatMap(Optional::stream).reduce((a, b) -> b);
    return created.isPresent() ? config.withCreated(created.get()) : config;
  }
}
