// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.ArgDefinition;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.StageDependency;
import dev.lamina.dockerfile.StageGraph;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.expand.WordExpander;
import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes through a Dockerfile in the order in which BuildKit does: global arguments, all FROMs, then
 * the instructions of each stage. What is wrong ends the walk.
 */
final class BuildWalk {

  private final Dockerfile file;
  private final LintOptions options;
  private final WordExpander words;
  private final List<StageDraft> drafts = new ArrayList<>();
  private List<LintStage> stages = List.of();
  private Map<String, String> globals = Map.of();
  private Optional<Map<String, String>> defaults = Optional.empty();
  private Optional<DockerfileSyntaxException> error = Optional.empty();

  BuildWalk(Dockerfile file, LintOptions options) {
    this.file = file;
    this.options = options;
    this.words = WordExpander.withEscape(file.escape());
  }

  /** Goes as far as possible. */
  LintSubject walk() {
    List<LintStatement> statements = new ArrayList<>();
    for (Statement statement : file.statements()) {
      statements.add(LintStatement.of(statement));
    }
    try {
      readArguments();
      for (Stage stage : file.stages()) {
        drafts.add(draft(stage));
      }
      resolve();
    } catch (DockerfileSyntaxException e) {
      error = Optional.of(e);
    }
    finish();
    return new LintSubject(file, statements, stages, globals, defaults, options.ignore(), true);
  }

  /** Returns what ended the walk early. */
  Optional<DockerfileSyntaxException> error() {
    return error;
  }

  private void readArguments() throws DockerfileSyntaxException {
    List<Stage> all = file.stages();
    String last = all.isEmpty() ? "" : all.get(all.size() - 1).name().orElse("");
    String stage = options.target().orElse(last);
    Map<String, String> predefined = options.predefined(stage.isEmpty() ? "default" : stage);
    try {
      defaults = Optional.of(globals(predefined, Map.of()));
    } catch (DockerfileSyntaxException e) {
      defaults = Optional.empty(); // the same error follows
    }
    globals = globals(predefined, options.arguments());
  }

  private Map<String, String> globals(Map<String, String> predefined, Map<String, String> given)
      throws DockerfileSyntaxException {
    Map<String, String> values = new LinkedHashMap<>(predefined);
    Variables visible = name -> Optional.ofNullable(values.get(name));
    for (Statement statement : file.globalArgs()) {
      if (statement.instruction() instanceof Arg arg) {
        for (ArgDefinition definition : arg.arguments()) {
          Optional<String> value = Optional.ofNullable(given.get(definition.name()));
          if (value.isEmpty() && definition.defaultValue().isPresent()) {
            String word = definition.defaultValue().get();
            value = Optional.of(expand(statement, word, visible).text());
          }
          value.ifPresent(
              text -> {
                values.remove(definition.name());
                values.put(definition.name(), text);
              });
        }
      }
    }
    return values;
  }

  private WordExpander.Expanded expand(Statement statement, String word, Variables variables)
      throws DockerfileSyntaxException {
    try {
      return words.process(word, variables);
    } catch (ExpansionException e) {
      throw statement.error(e.problem());
    }
  }

  private StageDraft draft(Stage stage) throws DockerfileSyntaxException {
    Variables visible = name -> Optional.ofNullable(globals.get(name));
    Statement header = stage.header();
    WordExpander.Expanded image = expand(header, stage.from().image(), visible);
    StageDraft draft = new StageDraft(stage, image);
    draft.setPlatform(options.platform());
    if (image.text().isEmpty()) {
      drafts.add(draft);
      throw header.error("base name (" + stage.from().image() + ") should not be blank");
    }
    if (stage.from().platform().isPresent()) {
      String word = stage.from().platform().get();
      WordExpander.Expanded platform = expand(header, word, visible);
      draft.setPlatformWord(platform);
      try {
        draft.setPlatform(platform(header, word, platform));
      } catch (DockerfileSyntaxException e) {
        drafts.add(draft);
        throw e;
      }
    }
    return draft;
  }

  private PlatformName platform(Statement header, String word, WordExpander.Expanded expanded)
      throws DockerfileSyntaxException {
    String hint =
        expanded.unset().stream()
            .map(name -> Suggestion.of(name, globals.keySet()))
            .filter(suggestion -> !suggestion.isEmpty())
            .findFirst()
            .orElse("");
    if (expanded.text().isEmpty()) {
      throw header.error("empty platform value from expression " + word + hint);
    }
    try {
      return PlatformName.parse(expanded.text());
    } catch (IllegalArgumentException e) {
      throw header.error("failed to parse platform " + word + ": " + e.getMessage() + hint);
    }
  }

  /** Finds which stages are needed, and what they are built from. */
  private void resolve() throws DockerfileSyntaxException {
    StageGraph graph = StageGraph.of(file, stage -> drafts.get(stage.index()).image());
    for (StageDraft draft : drafts) {
      Optional<Stage> base = graph.dependencies(draft.stage()).get(0).source();
      if (base.isPresent()) {
        draft.setBase(drafts.get(base.get().index()));
      }
    }
    markNeeded(graph);
    requireNoCircle(graph);
    for (StageDraft draft : drafts) {
      String image = draft.image();
      if (draft.isNeeded() && draft.base().isEmpty() && !image.equals("scratch")) {
        Optional<String> problem = ImageName.problem(image);
        if (problem.isPresent()) {
          throw draft
              .stage()
              .header()
              .error("failed to parse stage name " + GoQuote.quote(image) + ": " + problem.get());
        }
        options.images().find(image, draft.platform().toString()).ifPresent(draft::setBaseImage);
      }
    }
    for (StageDraft draft : drafts) {
      if (draft.isNeeded()) {
        new StageWalk(draft, graph, options, globals, file.escape()).run();
      }
    }
  }

  /** Marks the stages that the target needs; all, if there is none. */
  private void markNeeded(StageGraph graph) throws DockerfileSyntaxException {
    if (options.target().isEmpty() || drafts.isEmpty()) {
      for (StageDraft draft : drafts) {
        draft.setNeeded();
      }
      return;
    }
    String target = options.target().get();
    Optional<Stage> start = graph.stage(target);
    if (start.isEmpty()) {
      Statement last = drafts.get(drafts.size() - 1).stage().header();
      throw last.error(
          "target stage "
              + GoQuote.quote(target)
              + " could not be found"
              + Suggestion.of(target, drafts.stream().map(StageDraft::name).toList()));
    }
    graph.needed(start.get()).forEach(stage -> drafts.get(stage.index()).setNeeded());
  }

  /** Complains about stages that do not exist, and stages that take from each other. */
  private void requireNoCircle(StageGraph graph) throws DockerfileSyntaxException {
    for (StageDraft draft : drafts) {
      for (StageDependency dependency : graph.dependencies(draft.stage())) {
        if (dependency.isMissing()) {
          throw dependency.where().error("invalid stage index " + dependency.name());
        }
      }
    }
    List<StageDependency> circle = graph.circle();
    boolean throughBase = circle.stream().anyMatch(one -> one.kind() == StageDependency.Kind.FROM);
    if (!circle.isEmpty() && !throughBase) { // else BuildKit complains where it takes from below
      String first = drafts.get(circle.get(0).stage().index()).name();
      Statement closing = circle.get(circle.size() - 1).where();
      throw closing.error("circular dependency detected on stage: " + first);
    }
  }

  private void finish() {
    Map<StageDraft, LintStage> finished = new HashMap<>();
    stages = new ArrayList<>();
    for (StageDraft draft : drafts) {
      LintStage stage = draft.finish(draft.base().map(finished::get));
      finished.put(draft, stage);
      stages.add(stage);
    }
  }
}
