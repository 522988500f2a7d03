// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.Copy;
import dev.lamina.dockerfile.From;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.expand.WordExpander;
import dev.lamina.oci.Platform;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads what stands outside of any stage's scope: the arguments before the first stage, and with
 * their values what each FROM says.
 */
final class StageReader {
  private final BuildRequest request;
  private final NamedContexts contexts;
  private final GlobalArguments globals;
  private final WordExpander expander;

  StageReader(
      BuildRequest request,
      NamedContexts contexts,
      GlobalArguments globals,
      WordExpander expander) {
    this.request = request;
    this.contexts = contexts;
    this.globals = globals;
    this.expander = expander;
  }

  /** Declares the arguments before the first stage. */
  void declareGlobals() throws BuildException {
    for (Statement statement : request.dockerfile().globalArgs()) {
      try {
        globals.declare((Arg) statement.instruction(), expander);
      } catch (ExpansionException e) {
        throw BuildException.at(statement, new StepException(e.problem(), e));
      }
    }
  }

  /** Returns a stage as its FROM says it begins, with its instructions. */
  StageDraft draft(Stage stage) throws IOException {
    From from = stage.from();
    try {
      String base = expand(from.image());
      if (base.isEmpty()) {
        throw new StepException("base name (" + from.image() + ") should not be blank");
      }
      Platform wanted = from.platform().isPresent() ? platform(from.platform().get()) : null;
      StageDraft draft = new StageDraft(stage, base, wanted);
      Optional<NamedContext> given = contexts.find(draft.name());
      if (given.isPresent() && !draft.name().isEmpty() && !draft.name().equals("scratch")) {
        draft.replaceBy(given.get());
      }
      return draft;
    } catch (IOException e) {
      throw BuildException.at(stage.header(), e);
    }
  }

  private Platform platform(String word) throws StepException {
    String text = expand(word);
    if (text.isEmpty()) {
      throw new StepException("empty platform value from expression " + word);
    }
    try {
      return Platform.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StepException("failed to parse platform " + word + ": " + e.getMessage(), e);
    }
  }

  private String expand(String word) throws StepException {
    try {
      return expander.expand(word, globals.lookup());
    } catch (ExpansionException e) {
      throw new StepException(e.problem(), e);
    }
  }

  /** Refuses a variable in {@code --from}, as BuildKit does. */
  void requireNoVariables(Instruction instruction) throws StepException {
    if (!(instruction instanceof Copy copy) || copy.from().isEmpty()) {
      return;
    }
    String from = copy.from().get();
    try {
      if (!expander.expand(from, Variables.none()).equals(from)) {
        throw new StepException(
            "variable expansion is not supported for --from, define a new stage with FROM using ARG"
                + " from global scope as a workaround");
      }
    } catch (ExpansionException e) {
      throw new StepException(e.problem(), e);
    }
  }
}
