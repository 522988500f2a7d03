// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.Probe;
import dev.lamina.spi.RunException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * No engine works on this host; the message lists each with what was tried, what it answered, and
 * what would help.
 */
public final class NoRunEngineException extends RunException {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Probe.Unavailable> answers;

  NoRunEngineException(Map<String, Probe.Unavailable> answers) {
    super(message(answers));
    this.answers = new LinkedHashMap<>(answers);
  }

  /** Returns the engines' answers by name, in the order they were asked. */
  public Map<String, Probe.Unavailable> answers() {
    return Map.copyOf(answers);
  }

  private static String message(Map<String, Probe.Unavailable> answers) {
    StringBuilder text =
        new StringBuilder(
            "RUN needs an engine, and none works here; all other instructions need none. Tried:");
    answers.forEach(
        (name, answer) -> {
          text.append("\n  ").append(name).append(": ").append(answer.reason());
          if (!answer.command().isEmpty()) {
            text.append("\n    command: ").append(String.join(" ", answer.command()));
          }
          answer.exitCode().ifPresent(code -> text.append("\n    exit code: ").append(code));
          text.append("\n    to get it: ").append(answer.remedy());
        });
    return text.toString();
  }
}
