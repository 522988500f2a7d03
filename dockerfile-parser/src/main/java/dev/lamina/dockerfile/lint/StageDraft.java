// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.expand.WordExpander;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stage while {@link BuildWalk} finds out about it. */
final class StageDraft {

  private final Stage stage;
  private final WordExpander.Expanded imageWord;
  private final List<LintStatement> statements = new ArrayList<>();
  private Optional<WordExpander.Expanded> platformWord = Optional.empty();
  private Optional<StageDraft> base = Optional.empty();
  private BaseImage baseImage = BaseImage.unknown();
  private PlatformName platform = LintOptions.DEFAULT.platform();
  private VariableHistory.Moment end = VariableHistory.EMPTY;
  private Optional<String> directory = Optional.empty();
  private boolean needed;

  StageDraft(Stage stage, WordExpander.Expanded imageWord) {
    this.stage = stage;
    this.imageWord = imageWord;
  }

  Stage stage() {
    return stage;
  }

  /** The stage's name, or one made of its number. */
  String name() {
    return stage.name().orElse("stage-" + stage.index());
  }

  String image() {
    return imageWord.text();
  }

  Optional<StageDraft> base() {
    return base;
  }

  void setBase(StageDraft draft) {
    base = Optional.of(draft);
  }

  BaseImage baseImage() {
    return baseImage;
  }

  void setBaseImage(BaseImage image) {
    baseImage = image;
  }

  PlatformName platform() {
    return platform;
  }

  void setPlatform(PlatformName name) {
    platform = name;
  }

  void setPlatformWord(WordExpander.Expanded word) {
    platformWord = Optional.of(word);
  }

  boolean isNeeded() {
    return needed;
  }

  void setNeeded() {
    needed = true;
  }

  /** The variables at the end of the stage, which those built from it begin with. */
  VariableHistory.Moment end() {
    return end;
  }

  void setEnd(VariableHistory.Moment moment) {
    end = moment;
  }

  /** The working directory at the end of the stage; empty if an image decides. */
  Optional<String> directory() {
    return directory;
  }

  void setDirectory(Optional<String> path) {
    directory = path;
  }

  void add(LintStatement statement) {
    statements.add(statement);
  }

  LintStage finish(Optional<LintStage> finishedBase) {
    return new LintStage(
        stage,
        LintStatement.of(stage.header()),
        imageWord,
        platformWord,
        finishedBase,
        baseImage,
        platform.toString(),
        statements);
  }
}
