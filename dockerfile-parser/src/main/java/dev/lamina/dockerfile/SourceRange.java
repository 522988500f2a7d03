// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * Where something stands in a Dockerfile: lines and columns for people, offsets for programs.
 *
 * @param startLine first line, from 1
 * @param startColumn column of the first character in the first line, from 1, in UTF-16 units
 * @param endLine last line, from 1
 * @param endColumn column after the last character in the last line, from 1, in UTF-16 units
 * @param startOffset index of the first character in the text, from 0
 * @param endOffset index after the last character in the text
 */
public record SourceRange(
    int startLine, int startColumn, int endLine, int endColumn, int startOffset, int endOffset) {

  /** Returns whether {@code line}, counted from 1, is one of the lines of this range. */
  public boolean containsLine(int line) {
    return startLine <= line && line <= endLine;
  }
}
