// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.List;

/** All rows, in the order they are run. */
final class Rows {
  private Rows() {}

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(BuildRows.all());
    rows.addAll(CommitRows.all());
    rows.addAll(RunRows.all());
    rows.addAll(LayerRows.all());
    rows.addAll(CodecRows.all());
    rows.addAll(ImageRows.all());
    rows.addAll(OpenRows.all());
    rows.addAll(TransferRows.all());
    rows.addAll(StartRows.all());
    rows.addAll(ParseRows.all());
    rows.addAll(IgnoreRows.all());
    return rows;
  }
}
