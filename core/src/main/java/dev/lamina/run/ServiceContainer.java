// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.ProcessSpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A container of the service, made for one process.
 *
 * @param id what the service knows it by
 * @param from what it was made of
 * @param spec what runs in it
 * @param stubs what its mounts needed in order to be mounted
 * @param isChanged whether it holds other files than its image
 * @param files what it holds, if that was taken over after the process's end
 */
record ServiceContainer(
    String id,
    PumpedProcess process,
    ServiceImage from,
    ProcessSpec spec,
    Set<TreePath> stubs,
    boolean isChanged,
    Optional<FileTree> files) {

  /** Returns this container after its files were taken over. */
  ServiceContainer taken(FileTree found, boolean changed) {
    return new ServiceContainer(
        id, process, from, spec, stubs, isChanged || changed, Optional.of(found));
  }

  /** Returns what becomes of the container if it is committed. */
  ServiceImage image(String name) {
    Set<String> variables = new HashSet<>(from.variables());
    variables.addAll(spec.env().keySet());
    variables.addAll(spec.secretEnv().keySet());
    return new ServiceImage(name, files.orElseThrow(), from.layers() + 1, variables);
  }
}
