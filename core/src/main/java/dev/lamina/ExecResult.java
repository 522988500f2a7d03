// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

/**
 * What came of a command.
 *
 * @param exitCode its exit code, or 128 + n if signal n ended it
 * @param output what it wrote to stdout and stderr, as it came; the last 4 MiB if it is more
 */
public record ExecResult(int exitCode, String output) {}
