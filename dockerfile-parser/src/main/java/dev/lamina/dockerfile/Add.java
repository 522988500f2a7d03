// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * {@code ADD}: copies files from the build context or the network, and unpacks archives.
 *
 * @param sources paths, wildcards, URLs and Git references
 * @param heredocs files given in the Dockerfile itself
 * @param destination where to
 * @param chown owner of what is added
 * @param chmod mode of what is added, octal or symbolic
 * @param link whether the result is a layer independent of what is below
 * @param excludes patterns of what is not added
 * @param checksum what the digest of a remote source must be
 * @param keepGitDir whether {@code .git} of a Git source stays, if said
 * @param unpack whether archives are unpacked, if said
 */
public record Add(
    List<String> sources,
    List<Heredoc> heredocs,
    String destination,
    Optional<String> chown,
    Optional<String> chmod,
    boolean link,
    List<String> excludes,
    Optional<String> checksum,
    Optional<Boolean> keepGitDir,
    Optional<Boolean> unpack)
    implements Instruction {
  public Add {
    sources = List.copyOf(sources);
    heredocs = List.copyOf(heredocs);
    chown = chown.filter(text -> !text.isEmpty());
    chmod = chmod.filter(text -> !text.isEmpty());
    excludes = List.copyOf(excludes);
    checksum = checksum.filter(text -> !text.isEmpty());
  }

  /** Returns {@code ADD sources… destination} without flags. */
  public static Add of(List<String> sources, String destination) {
    return new Add(
        sources,
        List.of(),
        destination,
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public String keyword() {
    return "ADD";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitAdd(this);
  }
}
