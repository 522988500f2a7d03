// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.dockerfile.Instruction;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The place of one instruction in a build, while the build is planned: what the instructions before
 * it left behind, and where to say what this one does. Valid during the call it is given to.
 */
public interface StepContext {

  /** Returns the platform of the stage. */
  Platform platform();

  /** Returns the stage's instructions before this one, in order; triggers of its base first. */
  List<Instruction> before();

  /** Returns how containers are run, as the instructions before left it. */
  ContainerConfig config();

  /** Sets how containers are run. */
  void config(ContainerConfig next);

  /** Sets the image's author. */
  void author(String name);

  /**
   * Returns the variables the instruction sees and a process would get: those of ENV, and those of
   * ARG that have a value, the last one set of a name.
   */
  Map<String, String> variables();

  /** Sets a variable for the instructions after this one. */
  void variable(String name, String value);

  /** Returns a word with its variables replaced and its quotes removed. */
  String expand(String word) throws StepException;

  /** Returns the words a word falls into when its variables are replaced. */
  List<String> expandToWords(String word) throws StepException;

  /** Returns the value the build's caller gave for an argument, if any. */
  Optional<String> givenArgument(String name);

  /** Returns the value an argument has before the first stage, if any. */
  Optional<String> globalArgument(String name);

  /** Declares an argument; sets no variable. */
  void declareArgument(String name, Optional<String> value);

  /** Returns the arguments declared so far, in order, the last value of each. */
  Map<String, Optional<String>> declaredArguments();

  /** Returns the time everything made by the build is to have, if the build was given one. */
  Optional<Instant> epoch();

  /** Returns the build context. */
  FileSource buildContext();

  /**
   * Returns what {@code --from} means: a stage by name or number, a named context or an image. An
   * instruction of yours names it by its flag {@code --from}, so that the build knows of it before
   * anything is planned.
   *
   * @throws StepException if it is a stage that comes later, or another than {@code --from} says
   */
  FileSource source(String from) throws StepException;

  /** Says that the step changes no file. Not saying anything leaves no trace in the history. */
  void history(String createdBy);

  /** Says that the step makes a layer, or one more layer, and how. */
  void layer(String createdBy, LayerWork work);

  /**
   * Does what another instruction does, at this place: its config, history and layers become those
   * of this step.
   *
   * @param line as a Dockerfile has it, such as {@code COPY app.jar /app/}; variables are replaced,
   *     heredocs are not possible
   * @throws StepException if it can't be carried out; what it takes from another stage has to be
   *     the value of this instruction's own {@code --from}
   */
  void perform(String line) throws IOException;

  /** Returns a program with arguments, to be run while a layer is made. */
  StepCommand command(String... arguments);

  /** Returns a line for the stage's shell, to be run while a layer is made. */
  StepCommand shell(String line);

  /**
   * Says that something is allowed but looks wrong. A strict build fails for it.
   *
   * @param rule its name, such as {@code UndefinedVar}
   */
  void warn(String rule, String message);
}
