// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import java.util.List;

/**
 * An instruction that Docker does not know: its keyword was given by {@link
 * ParserOptions#withCustomKeyword}.
 *
 * @param keyword the keyword in upper case
 * @param flags the flags, as written
 * @param arguments the rest of the line with continuations joined, not expanded
 * @param heredocs the documents that follow, in order
 */
public record Custom(String keyword, List<Flag> flags, String arguments, List<Heredoc> heredocs)
    implements Instruction {

  public Custom {
    keyword = Letters.upper(keyword);
    flags = List.copyOf(flags);
    heredocs = List.copyOf(heredocs);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitCustom(this);
  }
}
