// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.Statement;

/**
 * An instruction where it stands in a stage.
 *
 * @param instruction what is to be done
 * @param where where that is said; for a trigger of the base, its FROM
 * @param trigger whether it comes from the base's ONBUILD
 */
record Command(Instruction instruction, Statement where, boolean trigger) {
  static Command of(Statement statement) {
    return new Command(statement.instruction(), statement, false);
  }

  /** Returns the instruction on one line, as it was written. */
  String text() {
    return trigger ? "ONBUILD " + instruction.keyword() : where.logicalLine();
  }
}
