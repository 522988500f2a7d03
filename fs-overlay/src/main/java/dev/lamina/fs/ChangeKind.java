// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/** What a watcher of a directory is told about a name in it. */
enum ChangeKind {
  CREATED,
  DELETED,
  MODIFIED
}
