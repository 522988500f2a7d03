// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import dev.lamina.event.StepInfo;
import dev.lamina.fs.Changes;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.layer.Layer;
import dev.lamina.spi.LayerWork;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    if (step.work().get().isCheck()) {
      return before.with(History.entry(step.createdBy(), epoch, true));
    }
    Layer layer = services.store().layers().require(made.layer());
    Instant created = epoch.orElse(made.created());
    return before.with(layer, History.entry(step.createdBy(), Optional.of(created), false));
  }

  private CacheRecord layer(StageState before, LayerWork work, StepInfo info)
      throws IOException, InterruptedException {
    boolean useCache = services.request().usesCache(stage.name());
    StepKeys keys = new StepKeys(services, stage, step, sources, before, work);
    Optional<Shortcut> shortcut = keys.shortcut();
    if (useCache && shortcut.isPresent()) {
      Optional<String> key = services.cache().find(shortcut.get());
      Optional<CacheRecord> known =
          key.isPresent() ? services.cache().find(key.get()) : Optional.empty();
      if (known.isPresent()) {
        services.cache().records().remember(keys.slots(), key.get());
        services.events().tell(new BuildEvent.StepCached(info));
        return used(key.get(), shortcut, known.get());
      }
    }
    boolean isNew =
        shortcut.isPresent()
            && step.keyword().equals("COPY")
            && (!useCache || services.cache().isNew(keys.slots()));
    LaterDigests later = new LaterDigests(services.digests());
    StepInputs inputs =
        new StepInputs(
            before, sources, isNew ? later::ofRemembered : services.digests()::of, this::warn);
    work.declare(inputs);
    if (isNew && !later.areAllRemembered()) {
      return makeUnknown(before, work, info, keys, later, shortcut.get(), inputs.hasWarned());
    }
    CacheKey key = keys.of(inputs);
    StepsOnce.Outcome outcome =
        services.steps().once(key.digest(), () -> findOrMake(before, work, info, key, useCache));
    return made(key, shortcut, inputs.hasWarned(), info, outcome);
  }

  private CacheRecord made(
      CacheKey key,
      Optional<Shortcut> shortcut,
      boolean hasWarned,
      StepInfo info,
      StepsOnce.Outcome outcome)
      throws IOException {
    if (shortcut.isPresent() && !hasWarned) {
      services.cache().records().put(shortcut.get(), key.digest());
    }
    if (outcome.before()) {
      services.events().tell(new BuildEvent.StepCached(info));
    }
    return used(key.digest(), shortcut, outcome.record());
  }

  /**
   * Makes the layer of files that nobody has read before, for a step that is not in the cache by
   * all that is known: they are read once, for the layer, and the key is known after that, when the
   * work has declared its inputs once more. If it turns out that another step had it, that one's
   * layer is taken, as it always is.
   */
  private CacheRecord makeUnknown(
      StageState before,
      LayerWork work,
      StepInfo info,
      StepKeys keys,
      LaterDigests later,
      Shortcut shortcut,
      boolean hasWarned)
      throws IOException, InterruptedException {
    boolean useCache = services.request().usesCache(stage.name());
    String files = shortcut.name() + shortcut.files().orElse("");
    StepsOnce.Outcome outcome =
        services
            .steps()
            .once(
                files,
                () ->
                    carryOut(
                        before, work, info, useCache ? "" : MissReason.NOT_ASKED, later::watching));
    StepInputs inputs = new StepInputs(before, sources, later::of, (rule, message) -> {});
    work.declare(inputs);
    CacheKey key = keys.of(inputs);
    Optional<CacheRecord> known = useCache ? services.cache().find(key.digest()) : Optional.empty();
    if (known.isEmpty()) {
      services.cache().records().put(key, outcome.record());
    }
    return made(key, Optional.of(shortcut), hasWarned, info, outcome.with(known));
  }

  private CacheRecord used(String key, Optional<Shortcut> shortcut, CacheRecord record) {
    services.used().add(new UsedSteps.Used(stage.draft(), key, shortcut, record));
    return record;
  }

  private CacheRecord findOrMake(
      StageState before, LayerWork work, StepInfo info, CacheKey key, boolean useCache)
      throws IOException, InterruptedException {
    Optional<CacheRecord> known = useCache ? services.cache().find(key.digest()) : Optional.empty();
    if (known.isPresent()) {
      services.cache().records().remember(key.slots(), key.digest());
      services.events().tell(new BuildEvent.StepCached(info));
      return known.get();
    }
    CacheRecord made =
        carryOut(
            before,
            work,
            info,
            useCache ? missReason(key) : MissReason.NOT_ASKED,
            (content, in) -> in);
    services.cache().records().put(key, made);
    return made;
  }

  private CacheRecord carryOut(
      StageState before,
      LayerWork work,
      StepInfo info,
      String reason,
      LayerContents.Watcher watcher)
      throws IOException, InterruptedException {
    services.cache().retain();
    services.events().tell(new BuildEvent.StepStarted(info, reason));
    long start = System.nanoTime();
    try {
      CacheRecord made = make(before, work, info, watcher);
      services.events().tell(new BuildEvent.StepDone(info, since(start)));
      return made;
    } catch (ClosedByInterruptException | InterruptedIOException | InterruptedException e) {
      services.events().tell(new BuildEvent.StepFailed(info, since(start), "cancelled"));
      throw interrupted(e);
    } catch (IOException e) {
      services.events().tell(new BuildEvent.StepFailed(info, since(start), Messages.of(e)));
      throw e;
    }
  }

  /** Input and output that is interrupted ends in an exception of its own. */
  private static InterruptedException interrupted(Exception e) {
    if (e instanceof InterruptedException interrupted) {
      return interrupted;
    }
    InterruptedException interrupted = new InterruptedException("the build was cancelled");
    interrupted.initCause(e);
    return interrupted;
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private void warn(String rule, String message) throws StepException {
    if (services.request().isStrict()) {
      throw new StepException(rule + ": " + message);
    }
    services.events().tell(new BuildEvent.Warning(rule, message, step.line()));
  }

  /** Returns why nothing was found; the inputs of earlier builds are read for it. */
  private String missReason(CacheKey key) throws IOException {
    if (!services.events().areHeard()) {
      return "";
    }
    Optional<List<CacheInput>> nearest = services.cache().records().nearest(key);
    return nearest.isPresent() ? MissReason.between(nearest.get(), key.inputs()) : "";
  }

  private CacheRecord make(
      StageState before, LayerWork work, StepInfo info, LayerContents.Watcher watcher)
      throws IOException, InterruptedException {
    StageState on = work.isIndependent() ? StageState.empty() : before;
    try (OverlayFileSystem fileSystem = files(on);
        LayerExecution execution =
            new LayerExecution(services, info, fileSystem, on.layers(), sources)) {
      work.execute(execution);
      Changes changes = work.isCheck() ? Changes.none() : fileSystem.changes();
      if (services.request().isReproducible()) {
        changes = Timestamps.clamp(changes, services.request().epoch().orElseThrow());
      }
      Layer layer =
          new LayerContents(services.digests(), services.store().layers(), watcher).commit(changes);
      if (!services.request().isReproducible()) { // else its times are not those the engine has
        execution.committed(layer);
      }
      return new CacheRecord(layer.diffId(), services.request().clock().instant());
    }
  }

  /** Returns the files of a step: what Java writes there has the time of the build. */
  private OverlayFileSystem files(StageState on) throws IOException, InterruptedException {
    Clock clock = services.request().clock();
    Optional<Instant> epoch = services.request().epoch();
    return OverlayFileSystem.builder(on.tree().get())
        .clock(epoch.isPresent() ? Clock.fixed(epoch.get(), clock.getZone()) : clock)
        .refusedPrefix(".wh.")
        .build();
  }
}
