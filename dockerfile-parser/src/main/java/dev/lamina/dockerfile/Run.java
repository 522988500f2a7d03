// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * {@code RUN}: runs a command and keeps what it changed.
 *
 * @param command what to run; the heredocs' delimiters are still in it
 * @param heredocs the documents that follow, in order
 * @param mounts the values of {@code --mount}, in order
 * @param network the value of {@code --network}
 * @param security the value of {@code --security}
 * @param devices the values of {@code --device}, in order
 */
public record Run(
    CommandLine command,
    List<Heredoc> heredocs,
    List<MountFlag> mounts,
    Optional<NetworkMode> network,
    Optional<SecurityMode> security,
    List<RunDevice> devices)
    implements Instruction {
  public Run {
    heredocs = List.copyOf(heredocs);
    mounts = List.copyOf(mounts);
    devices = List.copyOf(devices);
  }

  /** Returns {@code RUN command} without flags. */
  public static Run of(CommandLine command) {
    return new Run(command, List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());
  }

  /** Returns {@code RUN line}, run by the stage's shell. */
  public static Run shell(String line) {
    return of(CommandLine.shell(line));
  }

  /** Returns this instruction with other mounts. */
  public Run withMounts(List<MountFlag> other) {
    return new Run(command, heredocs, other, network, security, devices);
  }

  @Override
  public String keyword() {
    return "RUN";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitRun(this);
  }
}
