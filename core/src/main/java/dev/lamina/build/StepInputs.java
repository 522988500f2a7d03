// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.instruction.DeclaredFiles;
import dev.lamina.spi.Checkout;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.RemoteFile;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Collects the inputs of one step. */
final class StepInputs implements LayerInputs {
  private final StageState before;
  private final StepSources sources;
  private final Digests digests;
  private final Warnings warnings;
  private final List<CacheInput> inputs = new ArrayList<>();
  private boolean warned;

  /** Knows contents. */
  interface Digests {
    /** Returns the SHA-256 of a content in hexadecimal. For several threads. */
    String of(Content content) throws IOException, InterruptedException;
  }

  /** Hears what looks wrong. */
  interface Warnings {
    void warn(String rule, String message) throws StepException;
  }

  StepInputs(StageState before, StepSources sources, Digests digests, Warnings warnings) {
    this.warnings = warnings;
    this.before = before;
    this.sources = sources;
    this.digests = digests;
  }

  @Override
  public void add(String name, String value) {
    inputs.add(new CacheInput(name, value));
  }

  @Override
  public void addFiles(FileSource source, String path) throws IOException, InterruptedException {
    DeclaredFiles.declare(sources.tree(source), path, source.name(), this);
  }

  @Override
  public FileTree files() throws IOException, InterruptedException {
    return before.tree().get();
  }

  @Override
  public boolean isFirst() {
    return before.layers().isEmpty();
  }

  @Override
  public FileTree tree(FileSource source) throws IOException, InterruptedException {
    return sources.tree(source);
  }

  @Override
  public RemoteFile fetch(URI url) throws IOException, InterruptedException {
    return sources.fetch(url);
  }

  @Override
  public Checkout checkout(GitSource source, boolean keepGitDir)
      throws IOException, InterruptedException {
    return sources.checkout(source, keepGitDir);
  }

  @Override
  public String digest(Content content) throws IOException, InterruptedException {
    return digests.of(content);
  }

  @Override
  public void warn(String rule, String message) throws StepException {
    warned = true;
    warnings.warn(rule, message);
  }

  /** Returns whether something looked wrong, which is to be said again next time. */
  boolean hasWarned() {
    return warned;
  }

  List<CacheInput> inputs() {
    return inputs;
  }
}
