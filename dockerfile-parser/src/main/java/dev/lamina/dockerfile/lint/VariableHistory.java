// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.expand.Variables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables of a stage over its course: each moment of it can still be asked, and a moment
 * costs no copy.
 */
final class VariableHistory {

  /** No variables at all. */
  static final Moment EMPTY = new VariableHistory(Optional.empty()).now();

  private record Change(int time, String value) {}

  private final Optional<Moment> base;
  private final Map<String, List<Change>> changes = new HashMap<>();
  private final List<String> order = new ArrayList<>();
  private final Map<String, Integer> declared = new HashMap<>();

  /**
   * Begins a stage.
   *
   * @param base what the stage inherits
   */
  VariableHistory(Optional<Moment> base) {
    this.base = base;
  }

  void set(String name, String value) {
    order.add(name);
    changes.computeIfAbsent(name, key -> new ArrayList<>()).add(new Change(order.size(), value));
  }

  /** Notes that ARG declares {@code name}, with a value or without. */
  void declare(String name) {
    declared.putIfAbsent(name, order.size());
  }

  Moment now() {
    return new Moment(this, order.size());
  }

  private Optional<String> ownValue(String name, int time) {
    List<Change> all = changes.getOrDefault(name, List.of());
    int i = all.size() - 1;
    while (i >= 0 && all.get(i).time() > time) {
      i--;
    }
    return i < 0 ? Optional.empty() : Optional.of(all.get(i).value());
  }

  /** The variables as they were at one time. */
  record Moment(VariableHistory history, int time) implements Variables {

    @Override
    public Optional<String> value(String name) {
      Optional<Moment> moment = Optional.of(this);
      while (moment.isPresent()) {
        Moment at = moment.get();
        Optional<String> value = at.history.ownValue(name, at.time);
        if (value.isPresent()) {
          return value;
        }
        moment = at.history.base;
      }
      return Optional.empty();
    }

    boolean declares(String name) {
      Optional<Moment> moment = Optional.of(this);
      while (moment.isPresent()) {
        Moment at = moment.get();
        if (at.history.declared.getOrDefault(name, Integer.MAX_VALUE) <= at.time) {
          return true;
        }
        moment = at.history.base;
      }
      return false;
    }

    /** The names in the order of their last change. */
    List<String> names() {
      List<String> newestFirst = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      Optional<Moment> moment = Optional.of(this);
      while (moment.isPresent()) {
        Moment at = moment.get();
        for (int i = at.time - 1; i >= 0; i--) {
          String name = at.history.order.get(i);
          if (seen.add(name)) {
            newestFirst.add(name);
          }
        }
        moment = at.history.base;
      }
      Collections.reverse(newestFirst);
      return newestFirst;
    }
  }
}
