// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.TreePath;

/**
 * What one step stored and another hid: bytes the image carries for nothing.
 *
 * @param storedBy the number of the step that stored them
 * @param hiddenBy the number of the step from which on they can't be seen
 * @param how what the second did: {@link ChangeKind#DELETED}, {@link ChangeKind#CHANGED}, {@link
 *     ChangeKind#ATTRIBUTES} or {@link ChangeKind#AGAIN}
 * @param files how many files, and their bytes
 * @param largest the path of the largest of them
 */
public record Waste(int storedBy, int hiddenBy, ChangeKind how, Count files, TreePath largest) {}
