// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;
import dev.lamina.spi.LayerWork;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** By what the cache knows one step: its key, the short cut to that, and what it is called. */
final class StepKeys {
  /** Steps that run no process; an instruction that isn't Docker's may. */
  private static final Set<String> FILE_STEPS = Set.of("COPY", "ADD", "WORKDIR");

  private final BuildServices services;
  private final PlannedStage stage;
  private final PlannedStep step;
  private final StepSources sources;
  private final StageState before;
  private final LayerWork work;

  StepKeys(
      BuildServices services,
      PlannedStage stage,
      PlannedStep step,
      StepSources sources,
      StageState before,
      LayerWork work) {
    this.services = services;
    this.stage = stage;
    this.step = step;
    this.sources = sources;
    this.before = before;
    this.work = work;
  }

  /**
   * Returns a short cut for a step that takes from layers, which are known by name, and from host
   * files that had time to get versions which tell.
   */
  Optional<Shortcut> shortcut() throws IOException, InterruptedException {
    if (step.signature().isEmpty()) {
      return Optional.empty();
    }
    Instant oldest = services.digests().oldest();
    Optional<List<String>> files = sources.versions(oldest);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    List<CacheInput> inputs = new ArrayList<>();
    inputs.add(new CacheInput("signature", step.signature().get()));
    inputs.addAll(always());
    sources.chains().forEach(chain -> inputs.add(new CacheInput("source", chain)));
    // What decides who a name is, is below even a layer that is made on top of nothing.
    inputs.add(new CacheInput("below", before.chain()));
    return Optional.of(new Shortcut(CacheKey.of(List.of(), inputs).digest(), files(files.get())));
  }

  private static Optional<String> files(List<String> versions) {
    return versions.isEmpty()
        ? Optional.empty()
        : Optional.of(Digest.sha256(String.join("\n", versions)).hex());
  }

  /** Returns the key that a step of some inputs has. */
  CacheKey of(StepInputs inputs) {
    List<CacheInput> all = new ArrayList<>(always());
    all.addAll(inputs.inputs());
    return CacheKey.of(slots(), all);
  }

  private List<CacheInput> always() {
    List<CacheInput> inputs = new ArrayList<>();
    inputs.add(new CacheInput("instruction", step.keyword() + (work.isCheck() ? " check" : "")));
    inputs.add(new CacheInput(MissReason.BELOW, work.isIndependent() ? "" : before.chain()));
    services
        .request()
        .epoch()
        .ifPresent(epoch -> inputs.add(new CacheInput("source date", epoch.toString())));
    if (services.request().isReproducible()) {
      inputs.add(new CacheInput("times", "rewritten"));
    }
    services
        .request()
        .engines()
        .distinction()
        .ifPresent(engine -> inputs.add(new CacheInput("engine", engine)));
    if (!FILE_STEPS.contains(step.keyword())) {
      inputs.addAll(services.request().runOptions().inputs());
    }
    return inputs;
  }

  /**
   * Returns what the step is called: it is the one it was if its line is, or else if it stands
   * where that stood.
   */
  List<String> slots() {
    String position = step.info().map(info -> String.valueOf(info.position())).orElse("");
    return List.of(
        stage.name() + "\n" + step.where().logicalLine(),
        stage.name() + "\nstep " + position + " " + step.keyword());
  }
}
