// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/** The time between two snapshots of a live tree; its identity is the token that allows edits. */
final class Epoch {
  /** Stands for the tree, and doesn't keep it alive. */
  final Object tree;

  Epoch(Object tree) {
    this.tree = tree;
  }
}
