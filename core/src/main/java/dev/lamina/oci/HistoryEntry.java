// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import com.google.gson.JsonObject;
import dev.lamina.json.GoJson;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.JsonMembers;
import java.time.Instant;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * One step of an image's history. Absent texts are empty.
 *
 * @param created when the step was made
 * @param createdBy the instruction or command
 * @param author who made it
 * @param comment a note, such as the builder's name
 * @param emptyLayer whether the step changed the configuration only, so that no layer belongs to it
 */
public record HistoryEntry(
    Optional<Instant> created,
    String createdBy,
    String author,
    String comment,
    boolean emptyLayer) {

  // A record's own equals and hashCode are linked anew in each JVM, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof HistoryEntry other
        && emptyLayer == other.emptyLayer
        && created.equals(other.created)
        && createdBy.equals(other.createdBy)
        && author.equals(other.author)
        && comment.equals(other.comment);
  }

  @Override
  public int hashCode() {
    return createdBy.hashCode();
  }

  /** Returns a step that made a layer. */
  public static HistoryEntry layer(Instant created, String createdBy, String comment) {
    return new HistoryEntry(Optional.of(created), createdBy, "", comment, false);
  }

  /** Returns a step that changed the configuration only. */
  public static HistoryEntry emptyLayer(Instant created, String createdBy, String comment) {
    return new HistoryEntry(Optional.of(created), createdBy, "", comment, true);
  }

  static HistoryEntry read(JsonFields fields) throws InvalidJsonException {
    return new HistoryEntry(
        fields.time("created"),
        fields.string("created_by").orElse(""),
        fields.string("author").orElse(""),
        fields.string("comment").orElse(""),
        fields.isTrue("empty_layer"));
  }

  JsonObject write() {
    JsonMembers json = new JsonMembers();
    created.ifPresent(time -> json.put("created", GoJson.time(time)));
    json.put("created_by", createdBy);
    json.put("author", author);
    json.put("comment", comment);
    json.put("empty_layer", emptyLayer);
    return json.object();
  }
}
