// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which blobs hold a layer: those it came as, and those that were made of it. One small text for
 * each diff ID, a line for each blob. A line stands there only after the blob has been decompressed
 * and found to have that diff ID. Thread-safe.
 */
final class LayerRecords {
  /** How a blob came to be that wasn't made here. */
  static final String CAME = "came";

  private final Storage storage;

  LayerRecords(Storage storage) {
    this.storage = storage;
  }

  /**
   * A blob that holds a layer.
   *
   * @param made how it was made, {@link #CAME} if not here
   */
  record Form(Descriptor blob, String made) {
    private String line() {
      return blob.digest() + " " + blob.size() + " " + made + " " + blob.mediaType() + "\n";
    }

    private static Optional<Form> parse(String line) {
      String[] words = line.split(" ", 4);
      try {
        Descriptor blob = Descriptor.of(words[3], Digest.parse(words[0]), Long.parseLong(words[1]));
        return Optional.of(new Form(blob, words[2]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        return Optional.empty(); // a damaged line is a line less
      }
    }
  }

  /**
   * Returns the blobs that hold a layer, in the order they were added; they needn't be there any
   * more.
   */
  List<Form> find(Digest diffId) throws IOException {
    Optional<Content> text = storage.find(Area.LAYERS, diffId.hex());
    if (text.isEmpty()) {
      return List.of();
    }
    List<Form> forms = new ArrayList<>();
    new String(text.get().toByteArray(), StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> Form.parse(line).ifPresent(forms::add));
    return forms;
  }

  /** Adds a blob, in place of one with the same digest. */
  void add(Digest diffId, Form form) throws IOException {
    storage.exclusivelyDo(
        () -> {
          List<Form> forms = new ArrayList<>(find(diffId));
          if (forms.contains(form)) {
            return;
          }
          forms.removeIf(known -> known.blob().digest().equals(form.blob().digest()));
          forms.add(form);
          put(diffId, forms);
        });
  }

  /** Writes the record of a layer anew; called with the store's lock held. */
  void put(Digest diffId, List<Form> forms) throws IOException {
    StringBuilder text = new StringBuilder();
    forms.forEach(form -> text.append(form.line()));
    try (Staged staged = storage.stage()) {
      staged.write(text.toString().getBytes(StandardCharsets.UTF_8));
      staged.publish(Area.LAYERS, diffId.hex());
    }
  }
}
