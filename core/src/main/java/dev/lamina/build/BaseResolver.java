// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fetch.GitContext;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what stages stand on: a stage, something the caller gave, or an image. */
final class BaseResolver {
  private final BaseImages images;
  private final GitRepositories repositories;
  private final NamedContexts contexts;
  private final Map<StageDraft, StageBase> resolved = new HashMap<>();

  BaseResolver(NamedContexts contexts, BaseImages images, GitRepositories repositories) {
    this.contexts = contexts;
    this.images = images;
    this.repositories = repositories;
  }

  boolean isResolved(StageDraft stage) {
    return resolved.containsKey(stage);
  }

  StageBase base(StageDraft stage) {
    StageBase base = resolved.get(stage);
    if (base == null) {
      throw new IllegalStateException("stage " + stage.name() + " has no base yet");
    }
    return base;
  }

  /** Fails if a stage, needed or not, stands on something that can't be the name of an image. */
  void requireNames(List<StageDraft> stages) throws BuildException {
    for (StageDraft stage : stages) {
      if (stage.baseOrNull() == null
          && !stage.isScratch()
          && stage.contextOrNull() == null
          && contexts.find(stage.baseName()).isEmpty()) {
        try {
          ImageReference unused = reference(stage.baseName());
        } catch (IOException e) {
          throw BuildException.at(stage.where(), e);
        }
      }
    }
  }

  /** Finds what a stage stands on; without a platform of its own it is one for {@code target}. */
  StageBase resolve(StageDraft stage, Platform target) throws IOException, InterruptedException {
    Platform own = stage.platformOrNull();
    try {
      StageBase base = find(stage, own == null ? target : own);
      resolved.put(stage, base);
      return base;
    } catch (IOException e) {
      throw BuildException.at(stage.where(), e);
    }
  }

  private StageBase find(StageDraft stage, Platform platform)
      throws IOException, InterruptedException {
    StageDraft on = stage.baseOrNull();
    if (on != null) {
      return new StageBase.Stage(on);
    }
    NamedContext own = stage.contextOrNull();
    if (own != null) {
      return of(own, platform);
    }
    if (stage.isScratch()) {
      return new StageBase.Scratch();
    }
    Optional<NamedContext> given = contexts.find(stage.baseName());
    if (given.isPresent()) {
      return of(given.get(), platform);
    }
    return new StageBase.Image(images.image(reference(stage.baseName()), platform));
  }

  private static ImageReference reference(String name) throws StepException {
    try {
      return ImageReference.parse(name);
    } catch (IllegalArgumentException e) {
      throw new StepException("failed to parse stage name \"" + name + "\": " + e.getMessage(), e);
    }
  }

  private StageBase of(NamedContext given, Platform platform)
      throws IOException, InterruptedException {
    if (given instanceof NamedContext.Files files) {
      return new StageBase.Files(files.context());
    }
    if (given instanceof NamedContext.Git git) {
      return new StageBase.Files(new GitContext(repositories, git.source()));
    }
    if (given instanceof NamedContext.Image image) {
      return new StageBase.Image(images.image(image.reference(), platform));
    }
    if (given instanceof NamedContext.Layout layout) {
      return new StageBase.Image(images.layout(layout.layout(), layout.name(), platform));
    }
    if (given instanceof NamedContext.Stage stage) {
      throw new StepException("no stage is named " + stage.name()); // else it would be the base
    }
    return new StageBase.Scratch();
  }
}
