// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * A document within a Dockerfile: {@code <<EOF}, the lines after the instruction, and {@code EOF}.
 *
 * @param name the delimiter without quotes, which is also the file's name in COPY and ADD
 * @param content the lines as they stand in the Dockerfile, each with its line end
 * @param expand whether variables in the content are expanded: the delimiter was not quoted
 * @param chomp whether leading tabs are cut from the lines: {@code <<-}
 * @param fileDescriptor the number before {@code <<}, 0 if there is none; for the shell only
 */
public record Heredoc(
    String name, String content, boolean expand, boolean chomp, int fileDescriptor) {

  /** Returns a document for COPY or ADD whose content is taken as it is. */
  public static Heredoc of(String name, String content) {
    return new Heredoc(name, content, false, false, 0);
  }

  /** Returns the content as it is used: without leading tabs if {@link #chomp}. */
  public String body() {
    if (!chomp) {
      return content;
    }
    StringBuilder body = new StringBuilder(content.length());
    boolean lineStart = true;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (lineStart && c == '\t') {
        continue;
      }
      lineStart = c == '\n';
      body.append(c);
    }
    return body.toString();
  }

  /** Returns this document with other content. */
  public Heredoc withContent(String other) {
    return new Heredoc(name, other, expand, chomp, fileDescriptor);
  }
}
