// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;

/**
 * One instruction's text with its continuation lines joined, and where it stands.
 *
 * @param text the text without white space before the keyword
 * @param startLine first physical line
 * @param endLine last physical line, heredocs not counted
 * @param startOffset index of the first character of the text
 * @param startColumn its column, from 1
 * @param comments the comments right above
 * @param openEnd whether the text ends where it should go on: at the end of the file
 * @param emptyContinuation whether an empty line stands within the instruction
 */
record LogicalLine(
    String text,
    int startLine,
    int endLine,
    int startOffset,
    int startColumn,
    List<String> comments,
    boolean openEnd,
    boolean emptyContinuation) {}
