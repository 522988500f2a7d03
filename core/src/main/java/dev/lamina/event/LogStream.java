// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

/** Which of a process's two outputs a line came from. */
public enum LogStream {
  /** Standard output. */
  STDOUT,
  /** Standard error. */
  STDERR
}
