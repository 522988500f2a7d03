// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

import dev.lamina.dockerfile.text.GoQuote;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The shell lexer over one word.
 *
 * <p>Quotes and <code>${…}</code> nest; the nesting is kept on a stack of our own, so that depth
 * costs heap and not the thread's stack. Each level gathers its text in a {@link Frame}.
 */
final class WordLexer {

  private static final int END = -1;

  private final String source;
  private final char escape;
  private final LexerMode mode;
  private final Variables variables;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final WordSplitter words = new WordSplitter();
  private final Set<String> used = new LinkedHashSet<>();
  private final Set<String> unset = new LinkedHashSet<>();
  private final ExpansionBudget budget;
  private int pos;

  WordLexer(String source, char escape, LexerMode mode, Variables variables) {
    this.source = source;
    this.escape = escape;
    this.mode = mode;
    this.variables = variables;
    this.budget = new ExpansionBudget(source.length());
    this.pos = source.startsWith("\uFEFF") ? 1 : 0;
  }

  WordExpander.Expanded run() throws ExpansionException {
    Frame root = Frame.root(mode.rawEscapes());
    frames.push(root);
    try {
      while (!frames.isEmpty()) {
        step(frames.element());
      }
    } catch (LexerProblem problem) {
      throw new ExpansionException(
          "failed to process " + GoQuote.quote(source) + ": " + messageOf(problem));
    }
    return new WordExpander.Expanded(root.text(), words.finish(), used, unset);
  }

  /**
   * What the outermost open brace misses says more than what is wrong inside, if the word ends
   * here.
   */
  private String messageOf(LexerProblem problem) {
    if (peek() == END) {
      for (Frame frame : (Iterable<Frame>) frames::descendingIterator) {
        if (frame.isSubstitution()) {
          return frame.missing();
        }
      }
    }
    return problem.problem();
  }

  private void step(Frame frame) throws LexerProblem {
    int c = peek();
    if (c == END) {
      end(frame);
    } else if (frame.isQuoted()) {
      quotedStep(frame, c);
    } else if (c == frame.stop()) {
      skip();
      close(frame);
    } else {
      wordStep(frame, c);
    }
  }

  private void end(Frame frame) throws LexerProblem {
    if (frame.isQuoted()) {
      throw new LexerProblem("unexpected end of statement while looking for matching double-quote");
    }
    if (frame.isSubstitution()) {
      throw new LexerProblem(frame.missing());
    }
    frames.pop();
  }

  private void wordStep(Frame frame, int c) throws LexerProblem {
    if (c == '$') {
      dollar();
    } else if (c == '<') {
      raw(frame, possibleHeredoc());
    } else if (c == '\'' && !mode.skipQuotes()) {
      raw(frame, singleQuoted());
    } else if (c == '"' && !mode.skipQuotes()) {
      skip();
      frames.push(Frame.quoted(frame.rawEscapes()));
      keepQuote(frames.element());
    } else {
      character(frame, next());
    }
  }

  private void character(Frame frame, int c) throws LexerProblem {
    if (c != escape) {
      append(frame, c);
      if (frame.isRoot()) {
        words.add(c);
      }
      return;
    }
    if (frame.rawEscapes()) {
      rawCharacter(frame, c);
    }
    if (peek() != END) {
      rawCharacter(frame, next());
    }
  }

  private void quotedStep(Frame frame, int c) throws LexerProblem {
    if (c == '$') {
      dollar();
      return;
    }
    int taken = next();
    if (c == '"') {
      keepQuote(frame);
      frames.pop();
      raw(frames.element(), frame.text());
      return;
    }
    if (c == escape) {
      if (frame.rawEscapes()) {
        append(frame, c);
      }
      int escaped = peek();
      if (escaped == END) {
        return;
      }
      if (escaped == '"' || escaped == '$' || escaped == escape) {
        taken = next();
      }
    }
    append(frame, taken);
  }

  private String singleQuoted() throws LexerProblem {
    int from = pos;
    int quote = source.indexOf('\'', from + 1);
    if (quote < 0) {
      pos = source.length();
      throw new LexerProblem("unexpected end of statement while looking for matching single-quote");
    }
    pos = quote + 1;
    return mode.rawQuotes() ? source.substring(from, pos) : source.substring(from + 1, quote);
  }

  /**
   * Reads {@code <}, or {@code <<} with the blanks after it, which belong to the heredoc's word.
   */
  private String possibleHeredoc() {
    int from = pos++;
    if (peek() == '<') {
      pos++;
      while (peek() == ' ' || peek() == '\t' || peek() == '\r') {
        pos++;
      }
    }
    return source.substring(from, pos);
  }

  private void dollar() throws LexerProblem {
    skip();
    if (peek() != '{') {
      String name = name();
      if (name.isEmpty()) {
        substituted("$");
      } else {
        substituted(lookUp(name).orElse(mode.keepUnset() ? "$" + name : ""));
      }
      return;
    }
    skip();
    int first = peek();
    if (first == END) {
      throw new LexerProblem("syntax error: missing '}'");
    }
    if (first == '{' || first == '}' || first == ':') {
      throw new LexerProblem("syntax error: bad substitution");
    }
    braced(name());
  }

  /** Reads what follows the name in <code>${name…</code>. */
  private void braced(String name) throws LexerProblem {
    int c = next();
    switch (c) {
      case '}' -> substituted(lookUp(name).orElse(mode.keepUnset() ? "${" + name + "}" : ""));
      case ':' -> {
        int modifier = next();
        if (modifier == '#' || modifier == '%') {
          throw Substitution.unsupported(":" + Character.toString(modifier));
        }
        open(Frame.substitution(name, ":" + printable(modifier), '}', false));
      }
      case '+', '-', '?' -> open(Frame.substitution(name, Character.toString(c), '}', false));
      case '#', '%' -> open(Frame.substitution(name, Character.toString(c), '}', true));
      case '/' -> {
        boolean all = peek() == '/';
        if (all) {
          skip();
        }
        open(Frame.substitution(name, all ? "//" : "/", '/', true));
      }
      default -> throw Substitution.unsupported(printable(c));
    }
  }

  /**
   * Opens a level. The word that was being gathered is lost by this: BuildKit shares one buffer,
   * and so do we.
   */
  private void open(Frame frame) {
    words.forgetCurrent();
    frames.push(frame);
  }

  private void close(Frame frame) throws LexerProblem {
    frames.pop();
    words.forgetCurrent();
    if (frame.stop() == '/') {
      open(frame.replacement());
      return;
    }
    Optional<String> value = lookUp(frame.name());
    if (value.isEmpty() && mode.keepUnset()) {
      substituted(frame.asWritten());
    } else {
      substituted(Substitution.apply(frame, value, budget));
    }
  }

  /** Puts what a variable became where it stood. */
  private void substituted(String value) throws LexerProblem {
    Frame frame = frames.element();
    append(frame, value);
    if (frame.isRoot()) {
      words.addAll(value);
    }
  }

  private void raw(Frame frame, String text) throws LexerProblem {
    append(frame, text);
    if (frame.isRoot()) {
      words.addRaw(text);
    }
  }

  private void rawCharacter(Frame frame, int c) throws LexerProblem {
    append(frame, c);
    if (frame.isRoot()) {
      words.addRaw(c);
    }
  }

  private void keepQuote(Frame frame) throws LexerProblem {
    if (mode.rawQuotes()) {
      append(frame, '"');
    }
  }

  private void append(Frame frame, String text) throws LexerProblem {
    budget.grow(frame.length(), text.length());
    frame.append(text);
  }

  private void append(Frame frame, int c) throws LexerProblem {
    budget.grow(frame.length(), 1);
    frame.append(c);
  }

  private Optional<String> lookUp(String name) {
    Optional<String> value = variables.value(name);
    if (value.isPresent()) {
      used.add(name);
    } else {
      unset.add(name);
    }
    return value;
  }

  /**
   * Reads a variable's name: letters, digits and {@code _}; digits alone; or one special character.
   */
  private String name() {
    int from = pos;
    int first = peek();
    if (Character.isDigit(first)) {
      while (Character.isDigit(peek())) {
        skip();
      }
    } else if (first != END && "@*#?-$!".indexOf(first) >= 0) {
      skip();
    } else {
      while (peek() == '_' || Character.isLetter(peek()) || Character.isDigit(peek())) {
        skip();
      }
    }
    return source.substring(from, pos);
  }

  private static String printable(int c) {
    return c == END ? "\uFFFD" : Character.toString(c);
  }

  private int peek() {
    return pos < source.length() ? source.codePointAt(pos) : END;
  }

  private void skip() {
    pos += Character.charCount(source.codePointAt(pos));
  }

  private int next() {
    int c = peek();
    if (c != END) {
      pos += Character.charCount(c);
    }
    return c;
  }
}
