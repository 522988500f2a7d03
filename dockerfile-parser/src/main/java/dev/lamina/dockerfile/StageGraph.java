// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which stage of a Dockerfile depends on which.
 *
 * <pre>{@code
 * StageGraph graph = file.graph();
 * Stage release = file.stage("release").orElseThrow();
 * graph.needed(release);                            // what has to be built for it
 * graph.dependencies(release).forEach(dependency -> // FROM, COPY --from, RUN --mount=from=
 *     System.out.println(dependency.kind() + " " + dependency.name()));
 * }</pre>
 *
 * <p>Names mean what they mean to BuildKit. FROM means the last stage above of exactly that name.
 * {@code COPY --from} means a stage by name, whatever the letter case, or by number; a mount a
 * stage by name only. If several stages have the name, the last in the file counts. A mount that
 * names nothing still depends on a stage called {@code scratch}, should there be one. Everything
 * else is an image or a named context.
 *
 * <p>The ONBUILD triggers of a stage count for the stages built from it. Those of an image, and
 * what named contexts a build has, only its caller knows: {@link #withTriggers} and {@link
 * #withContexts}. Immutable and safe for use by several threads.
 */
public final class StageGraph {

  private static final String SCRATCH = "scratch";

  private final Dockerfile file;
  private final Function<Stage, String> images;
  private final Function<String, Optional<NamedSource>> contexts;
  private final Map<String, Stage> byName = new HashMap<>();
  private final List<List<StageDependency>> dependencies;

  /**
   * What the caller of a build gives under a name.
   *
   * @param stage the stage of the file that it is, as of {@code target:NAME}; empty for anything
   *     else: files, an image
   */
  public record NamedSource(Optional<String> stage) {}

  private StageGraph(
      Dockerfile file,
      Function<Stage, String> images,
      Function<String, Optional<NamedSource>> contexts) {
    this.file = file;
    this.images = images;
    this.contexts = contexts;
    for (Stage stage : file.stages()) {
      if (stage.name().isPresent()) {
        byName.put(stage.name().get(), stage);
      }
    }
    this.dependencies = new ArrayList<>();
    Map<String, Stage> above = new HashMap<>();
    for (Stage stage : file.stages()) {
      dependencies.add(dependencies(stage, above));
      if (stage.name().isPresent()) {
        above.put(stage.name().get(), stage);
      }
    }
  }

  private StageGraph(StageGraph graph, Stage changed, List<StageDependency> more) {
    this.file = graph.file;
    this.images = graph.images;
    this.contexts = graph.contexts;
    this.byName.putAll(graph.byName);
    this.dependencies = new ArrayList<>(graph.dependencies);
    dependencies.set(changed.index(), more);
  }

  /**
   * Returns the graph of a file, for a build that knows the values of its arguments; {@link
   * Dockerfile#graph} finds them itself.
   *
   * @param images what the FROM of a stage names, after expansion
   */
  public static StageGraph of(Dockerfile file, Function<Stage, String> images) {
    return new StageGraph(file, images, name -> Optional.empty());
  }

  /**
   * Returns the graph of a build with named contexts ({@code docker build --build-context}). One
   * that has the name of a stage takes its place: nothing that the stage says counts any more.
   * {@code scratch} cannot be replaced.
   *
   * @param given what a build has under a name, which it may be asked for in any spelling
   */
  public StageGraph withContexts(Function<String, Optional<NamedSource>> given) {
    return new StageGraph(file, images, given);
  }

  /**
   * Returns the graph of a build that knows the ONBUILD triggers of a stage's base image.
   *
   * @param triggers the instructions, in order
   */
  public StageGraph withTriggers(Stage stage, List<Instruction> triggers) {
    List<StageDependency> more = new ArrayList<>();
    triggers.forEach(trigger -> addUses(more, stage, trigger, stage.header()));
    more.addAll(0, dependencies(stage).subList(0, 1));
    more.addAll(dependencies(stage).subList(1, dependencies(stage).size()));
    return new StageGraph(this, stage, List.copyOf(more));
  }

  /** Returns the file. */
  public Dockerfile dockerfile() {
    return file;
  }

  /** Returns the stage of that name, whatever the letter case; of several, the last. */
  public Optional<Stage> stage(String name) {
    return Optional.ofNullable(byName.get(Letters.lower(name)));
  }

  /**
   * Returns what a stage depends on, in the order of the text: first what it is built from, then
   * what its base's triggers and its own instructions take. Something taken twice is there twice.
   *
   * @param stage a stage of the file
   */
  public List<StageDependency> dependencies(Stage stage) {
    return dependencies.get(stage.index());
  }

  /** Returns what depends on a stage of the file, in the order of the text. */
  public List<StageDependency> dependents(Stage stage) {
    return dependencies.stream()
        .flatMap(List::stream)
        .filter(one -> one.source().filter(source -> source.index() == stage.index()).isPresent())
        .toList();
  }

  /**
   * Returns the stages that a build of one needs, in the order of the file: itself, what it depends
   * on, and what that depends on.
   *
   * @param target a stage of the file
   */
  public List<Stage> needed(Stage target) {
    BitSet needed = new BitSet();
    Deque<Stage> open = new ArrayDeque<>(List.of(target));
    while (!open.isEmpty()) {
      Stage stage = open.pop();
      if (!needed.get(stage.index())) {
        needed.set(stage.index());
        for (StageDependency dependency : dependencies(stage)) {
          if (dependency.source().isPresent()) {
            open.push(dependency.source().get());
          }
        }
      }
    }
    List<Stage> inOrder = new ArrayList<>();
    for (Stage stage : file.stages()) {
      if (needed.get(stage.index())) {
        inOrder.add(stage);
      }
    }
    return List.copyOf(inOrder);
  }

  /**
   * Returns how stages come to depend on each other, which no build accepts: from the first stage
   * that leads into such a circle, one dependency after the other, up to the one that closes it.
   * Empty if there is no circle.
   */
  public List<StageDependency> circle() {
    StageCircle circle = new StageCircle(this);
    for (Stage stage : file.stages()) {
      List<StageDependency> way = circle.from(stage);
      if (!way.isEmpty()) {
        return way;
      }
    }
    return List.of();
  }

  private List<StageDependency> dependencies(Stage stage, Map<String, Stage> above) {
    String image = images.apply(stage);
    String ownName = stage.name().orElse(SCRATCH);
    Optional<NamedSource> instead =
        ownName.equals(SCRATCH) ? Optional.empty() : contexts.apply(ownName);
    if (instead.isPresent()) {
      return List.of(base(stage, ownName, stageOf(instead)));
    }
    Optional<Stage> base = above.containsKey(image) ? Optional.of(above.get(image)) : given(image);
    List<StageDependency> found = new ArrayList<>();
    found.add(base(stage, image, base));
    if (base.isPresent()) {
      addTriggers(found, stage, base.get());
    }
    for (Statement statement : stage.statements()) {
      addUses(found, stage, statement.instruction(), statement);
    }
    return List.copyOf(found);
  }

  private static StageDependency base(Stage stage, String name, Optional<Stage> source) {
    return new StageDependency(stage, StageDependency.Kind.FROM, name, source, stage.header());
  }

  private void addTriggers(List<StageDependency> found, Stage stage, Stage below) {
    for (Instruction trigger : below.soundTriggers(file.options())) {
      addUses(found, stage, trigger, stage.header());
    }
  }

  private void addUses(
      List<StageDependency> found, Stage stage, Instruction instruction, Statement where) {
    if (instruction instanceof Copy copy) {
      if (copy.from().isPresent()) {
        found.add(copy(stage, copy.from().get(), where));
      }
    } else if (instruction instanceof Custom custom) {
      custom.flags().stream()
          .filter(flag -> flag.name().equals("from"))
          .flatMap(flag -> flag.value().stream())
          .forEach(name -> found.add(copy(stage, name, where)));
    } else if (instruction instanceof Run run) {
      for (MountFlag mount : run.mounts()) {
        String name = mount.from().orElse(SCRATCH);
        Optional<Stage> source = stage(name).or(() -> given(name));
        if (mount.from().isPresent() || source.isPresent()) {
          found.add(new StageDependency(stage, StageDependency.Kind.MOUNT, name, source, where));
        }
      }
    }
  }

  private StageDependency copy(Stage stage, String name, Statement where) {
    Optional<Stage> source = stage(name).or(() -> given(name));
    if (source.isEmpty() && isNumber(name)) {
      int number = Integer.parseInt(name);
      List<Stage> all = file.stages();
      source = number < 0 || number >= all.size() ? source : Optional.of(all.get(number));
    }
    return new StageDependency(stage, StageDependency.Kind.COPY, name, source, where);
  }

  private Optional<Stage> given(String name) {
    return stageOf(contexts.apply(name));
  }

  private Optional<Stage> stageOf(Optional<NamedSource> source) {
    return source.isPresent() && source.get().stage().isPresent()
        ? stage(source.get().stage().get())
        : Optional.empty();
  }

  /** Tells whether a name is the number of a stage: at most nine digits, maybe signed. */
  static boolean isNumber(String name) {
    int start = name.startsWith("-") || name.startsWith("+") ? 1 : 0;
    boolean digits = name.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    return digits && name.length() > start && name.length() - start <= 9;
  }
}
