// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import java.util.Optional;

/**
 * How files are copied.
 *
 * @param owner who they belong to; without it, whoever they belonged to
 * @param mode what becomes of their modes
 * @param contentsOnly whether a directory stands for what is in it, not for itself
 * @param followLinks whether a source that is a link stands for what it leads to
 */
record CopyOptions(
    Optional<Owner> owner, Optional<ModeChange> mode, boolean contentsOnly, boolean followLinks) {}
