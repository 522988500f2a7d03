// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/** A tree's root and links; those of a live tree are different each time they are asked for. */
interface LinkSource {
  Entry rootEntry();

  LinkTable links();
}
