// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;
import java.util.Set;

/**
 * An instruction with its variables filled in.
 *
 * @param instruction the instruction, of the same kind, with the fields replaced that BuildKit
 *     expands
 * @param used names of the variables that were looked up and are set
 * @param unset names of the variables that were looked up and are not set, in order, one entry for
 *     each word that asks for one: the lint rule UndefinedVar is about them
 */
public record Expansion(Instruction instruction, Set<String> used, List<String> unset) {

  public Expansion {
    used = Set.copyOf(used);
    unset = List.copyOf(unset);
  }
}
