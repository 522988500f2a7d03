// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.BuildContext;
import dev.lamina.context.VersionedTree;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.spi.FileSource;
import dev.lamina.store.StoredImage;
import dev.lamina.task.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javax.annotation.Nullable;

/**
 * Carries a plan out: each step as soon as the step before it and the stages it takes from are
 * done, so that what does not depend on each other runs side by side.
 */
final class BuildExecutor {
  private final BuildPlan plan;
  private final BuildServices services;
  private final Executor executor;
  private final Waiting waiting;
  private final Cancellation cancellation;
  private final Map<StageDraft, PlannedStage> planned = new HashMap<>();
  private final Map<StageDraft, CompletableFuture<StageState>> stages = new ConcurrentHashMap<>();
  private final StageState buildContext;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  BuildExecutor(
      BuildPlan plan,
      BuildServices services,
      Executor executor,
      Waiting waiting,
      Cancellation cancellation) {
    this.plan = plan;
    this.services = services;
    this.executor = executor;
    this.waiting = waiting;
    this.cancellation = cancellation;
    BuildContext context = services.request().context(services.repositories());
    this.buildContext =
        new StageState(
            List.of(), List.of(), LazyTree.of(() -> files(context, plan.buildContext().needed())));
  }

  /** How the thread that asked for the target spends the time until it is there. */
  @FunctionalInterface
  interface Waiting {
    StageState until(CompletableFuture<StageState> target)
        throws InterruptedException, ExecutionException;
  }

  /**
   * Builds the target and returns it.
   *
   * @throws InterruptedException if this thread was interrupted, or the build cancelled; nothing of
   *     it runs any more then
   */
  StageState run() throws IOException, InterruptedException {
    for (PlannedStage stage : plan.all()) {
      planned.put(stage.draft(), stage);
    }
    CompletableFuture<StageState> target = new CompletableFuture<>();
    try {
      checkSources();
      target = future(plan.target().draft());
      return waiting.until(target);
    } catch (ExecutionException e) {
      if (Thread.interrupted()) { // this thread was, in the midst of a step, which failed for that
        throw new InterruptedException();
      }
      Throwable first = failure.get();
      throw Failures.rethrow(first == null ? e : first);
    } finally {
      if (!target.isDone() || target.isCompletedExceptionally()) {
        cancellation.cancelAndAwait();
      }
    }
  }

  /** Fails if a step takes something from a context that isn't in it, before any step is run. */
  private void checkSources() throws IOException, InterruptedException {
    try {
      BuildPlan unused =
          cancellation.run(
              () -> {
                checkContexts();
                return plan;
              });
    } catch (Exception e) {
      throw Failures.rethrow(e);
    }
  }

  private void checkContexts() throws IOException, InterruptedException {
    for (PlannedStage stage : plan.all()) {
      for (PlannedStep step : stage.steps()) {
        for (PlannedSource source : step.sources()) {
          LazyTree context = contextOrNull(source);
          if (context != null && step.work().isPresent()) {
            try {
              step.work().get().checkSource(source, context.get());
            } catch (IOException e) {
              throw BuildException.at(step.where(), e);
            }
          }
        }
      }
    }
  }

  /** Returns the files of a context that is only copied from; null for a stage or an image. */
  private @Nullable LazyTree contextOrNull(PlannedSource source) {
    StageDraft stage = source.stageOrNull();
    if (stage == null) {
      return buildContext.tree();
    }
    PlannedStage given = planned.get(stage);
    if (given == null || !stage.isSource() || !(given.base() instanceof StageBase.Files)) {
      return null;
    }
    StageState state = future(stage).getNow(null);
    return state == null ? null : state.tree(); // if it is a base too, it is made a layer first
  }

  private CompletableFuture<StageState> start(PlannedStage stage) {
    CompletableFuture<StageState> state = base(stage);
    for (PlannedStep step : stage.steps()) {
      List<CompletableFuture<StageState>> needed = new ArrayList<>(List.of(state));
      for (PlannedSource source : step.sources()) {
        StageDraft from = source.stageOrNull();
        if (from != null) {
          needed.add(future(from));
        }
      }
      CompletableFuture<StageState> before = state;
      state =
          CompletableFuture.allOf(needed.toArray(new CompletableFuture<?>[0]))
              .thenApplyAsync(done -> work(() -> run(stage, step, before.join())), executor);
    }
    return state;
  }

  private CompletableFuture<StageState> base(PlannedStage stage) {
    StageBase base = stage.base();
    if (base instanceof StageBase.Stage on) {
      return future(on.stage());
    }
    if (base instanceof StageBase.Image image) {
      StoredImage stored = image.image();
      return CompletableFuture.completedFuture(
          new StageState(
              stored.layers(),
              stored.config().history(),
              LazyTree.of(() -> VersionedTree.of(stored.tree()))));
    }
    if (base instanceof StageBase.Files files) {
      LazyTree tree = LazyTree.of(() -> files(files.context(), plan.needed(stage.draft())));
      return isBuiltUpon(stage)
          ? CompletableFuture.supplyAsync(() -> work(() -> imported(tree.get())), executor)
          : CompletableFuture.completedFuture(new StageState(List.of(), List.of(), tree));
    }
    return CompletableFuture.completedFuture(StageState.empty());
  }

  private VersionedTree files(BuildContext context, Set<String> needed)
      throws IOException, InterruptedException {
    BuildRequest request = services.request();
    VersionedTree files = context.scan(needed);
    return request.isReproducible()
        ? VersionedTree.of(Timestamps.all(files.tree(), request.epoch().orElseThrow()))
        : files;
  }

  /** Returns what becomes of a stage, which is started if it has not been. */
  private CompletableFuture<StageState> future(StageDraft draft) {
    CompletableFuture<StageState> future = stages.get(draft);
    if (future == null) {
      PlannedStage stage = planned.get(draft);
      if (stage == null) {
        throw new IllegalStateException("stage " + draft.name() + " is not part of the plan");
      }
      future = start(stage);
      stages.put(draft, future);
    }
    return future;
  }

  /** Tells whether files that are no image are one, or the base of one: then they need a layer. */
  private boolean isBuiltUpon(PlannedStage stage) {
    return !stage.draft().isSource()
        || stage.equals(plan.target())
        || plan.all().stream()
            .anyMatch(
                other -> other.base() instanceof StageBase.Stage on && on.stage() == stage.draft());
  }

  /** The layer has no history: that gets its entry at the end, as in BuildKit. */
  private StageState imported(FileTree tree) throws IOException {
    Layer layer = services.store().layers().commit(tree.diff(FileTree.empty()));
    return StageState.empty().with(layer);
  }

  private StageState run(PlannedStage stage, PlannedStep step, StageState before)
      throws IOException, InterruptedException {
    Map<FileSource, StageState> states = new HashMap<>();
    for (PlannedSource source : step.sources()) {
      StageDraft from = source.stageOrNull();
      states.put(source, from == null ? buildContext : future(from).join());
    }
    return new StepRunner(
            services,
            stage,
            step,
            new StepSources(states, services.downloads(), services.repositories()))
        .run(before);
  }

  /** Does a part of the build; the first that fails stops all others. */
  private StageState work(Cancellation.Work<StageState> work) {
    try {
      return cancellation.run(work);
    } catch (Exception e) {
      failure.compareAndSet(null, e);
      cancellation.cancel();
      throw new CompletionException(e);
    } catch (Error e) {
      failure.compareAndSet(null, e);
      cancellation.cancel();
      throw e;
    }
  }
}
