// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import com.google.gson.JsonElement;
import dev.lamina.dockerfile.Custom;
import dev.lamina.dockerfile.Flag;
import dev.lamina.dockerfile.Heredoc;
import dev.lamina.dockerfile.text.Suggestion;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of an instruction of yours, taken apart as Docker does those of COPY: flags, then
 * words with variables replaced and quotes removed, or a JSON array of words.
 *
 * <pre>{@code
 * // INSTALL_JAR --owner=1000 app.jar $TARGET
 * CustomArguments arguments = CustomArguments.of(instruction, step, "owner");
 * arguments.require(1, 2, "INSTALL_JAR [--owner=UID] JAR [TARGET]");
 * String jar = arguments.words().get(0);
 * Optional<String> owner = arguments.flag("owner");
 * }</pre>
 *
 * <p>An instruction whose syntax is its own reads {@link Custom#arguments} instead. Immutable.
 */
public final class CustomArguments {
  private static final int MAX_JSON = 1 << 20;

  private final String keyword;
  private final Map<String, Optional<String>> flags;
  private final List<String> words;
  private final List<Heredoc> heredocs;

  private CustomArguments(
      String keyword,
      Map<String, Optional<String>> flags,
      List<String> words,
      List<Heredoc> heredocs) {
    this.keyword = keyword;
    this.flags = flags;
    this.words = List.copyOf(words);
    this.heredocs = heredocs;
  }

  /**
   * Takes the arguments apart.
   *
   * @param knownFlags the flags there may be, without dashes; {@code from} is the one by which the
   *     build knows another stage before the instruction is planned
   * @throws StepException if there is another flag, a flag is given twice, or a variable can't be
   *     replaced
   */
  public static CustomArguments of(Custom instruction, StepContext step, String... knownFlags)
      throws StepException {
    Map<String, Optional<String>> flags = new LinkedHashMap<>();
    for (Flag flag : instruction.flags()) {
      if (!List.of(knownFlags).contains(flag.name())) {
        throw new StepException(
            instruction.keyword()
                + ": unknown flag --"
                + flag.name()
                + Suggestion.of(flag.name(), List.of(knownFlags)));
      }
      Optional<String> value =
          flag.value().isPresent() ? Optional.of(step.expand(flag.value().get())) : flag.value();
      if (flags.putIfAbsent(flag.name(), value) != null) {
        throw new StepException(instruction.keyword() + ": flag --" + flag.name() + " twice");
      }
    }
    return new CustomArguments(
        instruction.keyword(), flags, words(instruction, step), instruction.heredocs());
  }

  private static List<String> words(Custom instruction, StepContext step) throws StepException {
    String text = instruction.arguments().strip();
    List<String> words = new ArrayList<>();
    Optional<List<String>> json = text.startsWith("[") ? json(text) : Optional.empty();
    if (json.isPresent()) {
      for (String word : json.get()) {
        words.add(step.expand(word));
      }
    } else if (!text.isEmpty()) {
      words.addAll(step.expandToWords(text));
    }
    return words;
  }

  /** Returns the words of a JSON array of strings; empty if it is none, and then it is words. */
  private static Optional<List<String>> json(String text) {
    List<String> words = new ArrayList<>();
    try {
      JsonElement array =
          StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), "arguments", MAX_JSON);
      for (JsonElement word : array.getAsJsonArray()) {
        if (!word.isJsonPrimitive() || !word.getAsJsonPrimitive().isString()) {
          return Optional.empty();
        }
        words.add(word.getAsString());
      }
      return Optional.of(words);
    } catch (InvalidJsonException e) {
      return Optional.empty();
    }
  }

  /** Returns the words. */
  public List<String> words() {
    return words;
  }

  /** Returns the documents that follow the instruction's line, in order. */
  public List<Heredoc> heredocs() {
    return heredocs;
  }

  /** Returns the value of a flag, variables replaced; empty if it isn't given or has no value. */
  public Optional<String> flag(String name) {
    return flags.getOrDefault(name, Optional.empty());
  }

  /** Returns whether a flag is given, be it without a value; {@code --name=false} says no. */
  public boolean has(String name) {
    return flags.containsKey(name) && !flag(name).orElse("true").equals("false");
  }

  /**
   * Requires a number of words.
   *
   * @param least how many at least
   * @param most how many at most
   * @param usage how the instruction is written, for the message
   * @throws StepException if there are more or fewer
   */
  public void require(int least, int most, String usage) throws StepException {
    if (words.size() < least || words.size() > most) {
      throw new StepException(
          "%s: expected %s, found %d argument%s %s"
              .formatted(keyword, usage, words.size(), words.size() == 1 ? "" : "s", words));
    }
  }
}
