// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import dev.lamina.event.StepInfo;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.layer.Layer;
import dev.lamina.spi.LayerWork;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes one step: finds its layer in the cache, or makes it. */
final class StepRunner {
  private final BuildServices services;
  private final PlannedStage stage;
  private final PlannedStep step;
  private final StepSources sources;

  StepRunner(BuildServices services, PlannedStage stage, PlannedStep step, StepSources sources) {
    this.services = services;
    this.stage = stage;
    this.step = step;
    this.sources = sources;
  }

  /** Returns the stage after the step. */
  StageState run(StageState before) throws IOException, InterruptedException {
    Optional<Instant> epoch = services.request().epoch();
    if (step.work().isEmpty()) {
      return before.with(History.entry(step.createdBy(), epoch, true));
    }
    CacheRecord made;
    try {
      made = layer(before, step.work().get(), step.info().orElseThrow());
    } catch (IOException e) {
      throw BuildException.at(step.where(), e);
    }
    Layer layer = services.store().layers().require(made.layer());
    Instant created = epoch.orElse(made.created());
    return before.with(layer, History.entry(step.createdBy(), Optional.of(created), false));
  }

  private CacheRecord layer(StageState before, LayerWork work, StepInfo info)
      throws IOException, InterruptedException {
    CacheKey key = key(before, work);
    boolean useCache = services.request().usesCache(stage.name());
    if (useCache) {
      Optional<CacheRecord> known =
          services.cache().find(key, services.request().clock().instant());
      if (known.isPresent() && services.store().layers().find(known.get().layer()).isPresent()) {
        services.cache().remember(key);
        services.events().tell(new BuildEvent.StepCached(info));
        return known.get();
      }
    }
    String reason = useCache ? missReason(key) : "";
    services.events().tell(new BuildEvent.StepStarted(info, reason));
    long start = System.nanoTime();
    try {
      CacheRecord made = make(before, work, info, key);
      services.cache().put(key, made);
      services.events().tell(new BuildEvent.StepDone(info, since(start)));
      return made;
    } catch (IOException e) {
      services.events().tell(new BuildEvent.StepFailed(info, since(start), Messages.of(e)));
      throw e;
    } catch (InterruptedException e) {
      services.events().tell(new BuildEvent.StepFailed(info, since(start), "cancelled"));
      throw e;
    }
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private CacheKey key(StageState before, LayerWork work) throws IOException, InterruptedException {
    StepInputs inputs = new StepInputs(before, sources, services.digests());
    work.declare(inputs);
    List<CacheInput> all = new ArrayList<>();
    all.add(new CacheInput("instruction", step.keyword()));
    all.add(new CacheInput("the files below", work.isIndependent() ? "" : before.chain()));
    all.addAll(inputs.inputs());
    return new CacheKey(stage.name() + "\n" + step.where().logicalLine(), all);
  }

  private String missReason(CacheKey key) throws IOException {
    Optional<CacheRecord> nearest = services.cache().nearest(key);
    return nearest.isPresent() ? MissReason.between(nearest.get().inputs(), key.inputs()) : "";
  }

  private CacheRecord make(StageState before, LayerWork work, StepInfo info, CacheKey key)
      throws IOException, InterruptedException {
    StageState on = work.isIndependent() ? StageState.empty() : before;
    try (OverlayFileSystem fileSystem = OverlayFileSystem.over(on.tree().get());
        LayerExecution execution =
            new LayerExecution(services, info, fileSystem, on.layers(), sources)) {
      work.execute(execution);
      Layer layer = services.store().layers().commit(fileSystem.changes());
      execution.committed(layer);
      return new CacheRecord(layer.diffId(), services.request().clock().instant(), key.inputs());
    }
  }
}
