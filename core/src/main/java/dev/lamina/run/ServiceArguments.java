// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.SecurityMode;
import java.util.ArrayList;
import java.util.List;

/** What is said of a process to {@code docker create} or {@code podman create}. */
final class ServiceArguments {
  private ServiceArguments() {}

  /** Returns the words of the command, secrets' values left to its environment. */
  static List<String> create(
      ServicePlace place, ProcessSpec spec, ProcessIo io, List<String> mounts, ServiceImage image) {
    List<String> arguments =
        new ArrayList<>(List.of("create", "--label", place.label(), "--pull", "never"));
    if (io.stdin().isPresent()) {
      arguments.add("--interactive");
    }
    spec.env().forEach((name, value) -> arguments.addAll(List.of("--env", name + "=" + value)));
    spec.secretEnv().keySet().forEach(name -> arguments.addAll(List.of("--env", name)));
    if (place.program().isPodman()) {
      arguments.add("--unsetenv-all"); // the image's, and some that are podman's own
    } else {
      // A variable without a value is taken away, if the program itself hasn't got it.
      image.surplus(spec).forEach(name -> arguments.addAll(List.of("--env", name)));
    }
    arguments.addAll(List.of("--workdir", spec.workingDirectory()));
    arguments.addAll(List.of("--user", spec.user().uid() + ":" + spec.user().gid()));
    spec.user()
        .additionalGroups()
        .forEach(group -> arguments.addAll(List.of("--group-add", group.toString())));
    if (spec.network() != NetworkMode.DEFAULT) {
      arguments.addAll(List.of("--network", spec.network() == NetworkMode.NONE ? "none" : "host"));
    }
    if (spec.network() != NetworkMode.HOST && !spec.hostname().isEmpty()) {
      arguments.addAll(List.of("--hostname", spec.hostname()));
    }
    if (spec.security() == SecurityMode.INSECURE) {
      arguments.add("--privileged");
    }
    spec.extraHosts()
        .forEach((name, address) -> arguments.addAll(List.of("--add-host", name + ":" + address)));
    spec.ulimits()
        .forEach(
            limit ->
                arguments.addAll(
                    List.of("--ulimit", limit.name() + "=" + limit.soft() + ":" + limit.hard())));
    spec.shmSize().ifPresent(size -> arguments.addAll(List.of("--shm-size", Long.toString(size))));
    arguments.addAll(mounts);
    arguments.add(image.name());
    arguments.addAll(spec.argv());
    return arguments;
  }
}
