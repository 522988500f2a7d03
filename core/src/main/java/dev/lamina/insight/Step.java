// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.fs.PathChange;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * One step of an image's making, and the image's files as they were after it.
 *
 * <pre>{@code
 * Step before = timeline.at(3);
 * Step after = timeline.at(4);
 * after.compare(before).forEach(System.out::println);   // C /etc, A /etc/app.conf
 * Files.readString(before.fileSystem().getPath("/etc/os-release"));
 * }</pre>
 *
 * <p>Immutable and thread-safe; usable as long as the image's store is open. Two steps are equal if
 * they are the same step of one image.
 */
public final class Step {
  private final Timeline timeline;
  private final int number;
  private final HistoryEntry entry;
  private final @Nullable LayerSource layer;
  private final int layersBelow;

  Step(
      Timeline timeline,
      int number,
      HistoryEntry entry,
      @Nullable LayerSource layer,
      int layersBelow) {
    this.timeline = timeline;
    this.number = number;
    this.entry = entry;
    this.layer = layer;
    this.layersBelow = layersBelow;
  }

  /** Returns which step it is, from 1; 0 is before the first. */
  public int number() {
    return number;
  }

  /**
   * Returns the instruction on one line, without the shell and the marks a builder put around it;
   * empty if the image doesn't say.
   */
  public String instruction() {
    return Instructions.readable(entry.createdBy());
  }

  /** Returns what the image notes of the step. */
  public HistoryEntry entry() {
    return entry;
  }

  /** Returns whether the step changed the configuration only. */
  public boolean isEmptyLayer() {
    return layer == null;
  }

  /** Returns the diff ID of the step's layer, if it made one. */
  public Optional<Digest> diffId() {
    return Optional.ofNullable(layer).map(LayerSource::diffId);
  }

  /** Returns the size of the step's uncompressed layer in bytes, 0 if it made none. */
  public long size() {
    return layer == null ? 0 : layer.size();
  }

  /**
   * Returns what the step's layer says about the layers below, entry by entry; nothing if it made
   * none.
   */
  public Changes changes() throws IOException {
    return layer == null ? Changes.none() : layer.changes();
  }

  /** Returns the files of the image after this step. */
  public FileTree tree() throws IOException {
    return timeline.tree(layersBelow + (layer == null ? 0 : 1));
  }

  /**
   * Returns a file system over {@link #tree()}. It can be written to, which changes nothing but
   * itself.
   */
  public OverlayFileSystem fileSystem() throws IOException {
    return OverlayFileSystem.over(tree());
  }

  /** Returns what has to be done to the files as they were after {@code other} to get these. */
  public Changes changesSince(Step other) throws IOException {
    return tree().diff(other.tree());
  }

  /**
   * Returns what {@code docker diff} would show of the way from {@code other} to this step: what is
   * added, changed and deleted, with the directories above.
   */
  public List<PathChange> compare(Step other) throws IOException {
    return tree().compare(other.tree());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Step step
        && number == step.number
        && timeline.config().equals(step.timeline.config());
  }

  @Override
  public int hashCode() {
    return number;
  }

  /** Returns number and instruction, {@code step 4: COPY app.jar /app/}. */
  @Override
  public String toString() {
    return "step " + number + (instruction().isEmpty() ? "" : ": " + instruction());
  }
}
