// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for stages that depend on each other, without recursion: a file may have many. */
final class StageCircle {

  private final StageGraph graph;
  private final BitSet visited = new BitSet();

  StageCircle(StageGraph graph) {
    this.graph = graph;
  }

  /** Returns the way from a stage into a circle, up to what closes it; empty if there is none. */
  List<StageDependency> from(Stage start) {
    List<StageDependency> way = new ArrayList<>();
    Deque<Iterator<StageDependency>> left = new ArrayDeque<>();
    BitSet onWay = new BitSet();
    if (!enter(start, onWay, left)) {
      return List.of();
    }
    while (!left.isEmpty()) {
      if (!left.peek().hasNext()) {
        left.pop();
        if (!way.isEmpty()) {
          onWay.clear(sourceOf(way.remove(way.size() - 1)).index());
        }
        continue;
      }
      StageDependency next = left.peek().next();
      Stage source = sourceOf(next);
      if (onWay.get(source.index())) {
        way.add(next);
        return List.copyOf(way);
      }
      if (enter(source, onWay, left)) {
        way.add(next);
      }
    }
    return List.of();
  }

  private boolean enter(Stage stage, BitSet onWay, Deque<Iterator<StageDependency>> left) {
    if (visited.get(stage.index())) {
      return false;
    }
    visited.set(stage.index());
    onWay.set(stage.index());
    left.push(latest(stage).iterator());
    return true;
  }

  /** What a stage takes from another several times it is told to by the last, as in BuildKit. */
  private Collection<StageDependency> latest(Stage stage) {
    Map<Integer, StageDependency> latest = new LinkedHashMap<>();
    for (StageDependency dependency : graph.dependencies(stage)) {
      if (dependency.source().isPresent()) {
        latest.put(dependency.source().get().index(), dependency);
      }
    }
    return latest.values();
  }

  private static Stage sourceOf(StageDependency dependency) {
    return dependency.source().orElseThrow();
  }
}
