// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.HostContent;
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
  /** Stand around the number of a content in the place of its digest; no file has them. */
  private static final char PENDING = '\0';

  private static final char PENDING_END = '\1';

  private final StageState before;
  private final StepSources sources;
  private final ContentDigests digests;
  private final Warnings warnings;
  private final List<CacheInput> inputs = new ArrayList<>();
  private final List<Content> pending = new ArrayList<>(); // guarded by itself
  private boolean digestsLater;
  private boolean warned;

  /** Hears what looks wrong. */
  interface Warnings {
    void warn(String rule, String message) throws StepException;
  }

  StepInputs(StageState before, StepSources sources, ContentDigests digests, Warnings warnings) {
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
    if (!digestsLater || !(content instanceof HostContent file)) {
      return digests.of(content);
    }
    String known = digests.knownOrNull(file);
    if (known != null) {
      return known;
    }
    synchronized (pending) {
      pending.add(content);
      return "" + PENDING + (pending.size() - 1) + PENDING_END;
    }
  }

  /** Has no host file read: what isn't known of one is filled in by {@link #complete}. */
  void digestLater() {
    digestsLater = true;
  }

  /** Returns whether there are digests to be filled in. */
  boolean arePending() {
    synchronized (pending) {
      return !pending.isEmpty();
    }
  }

  /** Fills in the digests that are missing; files that nobody has read meanwhile are read. */
  void complete() throws IOException, InterruptedException {
    for (int i = 0; i < inputs.size(); i++) {
      String value = inputs.get(i).value();
      int at = inputs.get(i).name().startsWith(MissReason.FILE) ? value.indexOf(PENDING) : -1;
      if (at >= 0) {
        int end = value.indexOf(PENDING_END, at);
        Content content = pending.get(Integer.parseInt(value, at + 1, end, 10));
        String complete = value.substring(0, at) + digests.of(content) + value.substring(end + 1);
        inputs.set(i, new CacheInput(inputs.get(i).name(), complete));
      }
    }
    pending.clear();
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
