// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds a RUN. */
final class RunParser {

  private static final KnownFlags FLAGS =
      KnownFlags.NONE.lists("mount", "device").texts("network", "security");

  private RunParser() {}

  static Run parse(List<String> flags, CommandLine command, List<Heredoc> heredocs)
      throws ParseProblem {
    if (flags.isEmpty()) {
      return new Run(command, heredocs, List.of(), Optional.empty(), Optional.empty(), List.of());
    }
    FlagValues values = FlagValues.read(flags, FLAGS);
    List<RunDevice> devices = new ArrayList<>();
    for (String device : values.list("device")) {
      devices.add(DeviceParser.parse(device));
    }
    List<MountFlag> mounts = values.list("mount").stream().map(MountFlag::new).toList();
    for (MountFlag mount : mounts) {
      mount.requireValid();
    }
    return new Run(
        command,
        heredocs,
        mounts,
        network(values.text("network")),
        security(values.text("security")),
        devices);
  }

  private static Optional<NetworkMode> network(Optional<String> value) throws ParseProblem {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return switch (value.get()) {
      case "default" -> Optional.of(NetworkMode.DEFAULT);
      case "none" -> Optional.of(NetworkMode.NONE);
      case "host" -> Optional.of(NetworkMode.HOST);
      default ->
          throw new ParseProblem("invalid network mode " + GoQuote.quote(value.get()), "--network");
    };
  }

  private static Optional<SecurityMode> security(Optional<String> value) throws ParseProblem {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return switch (value.get()) {
      case "sandbox" -> Optional.of(SecurityMode.SANDBOX);
      case "insecure" -> Optional.of(SecurityMode.INSECURE);
      default ->
          throw new ParseProblem(
              "security " + GoQuote.quote(value.get()) + " is not valid", "--security");
    };
  }
}
