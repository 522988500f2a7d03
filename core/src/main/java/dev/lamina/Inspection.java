// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import dev.lamina.json.GoJson;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonMembers;
import dev.lamina.json.StrictJson;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes what {@code docker image inspect} of Docker 28 prints of images, but for {@code
 * GraphDriver}: there is none. The size is that of the layers as tars.
 */
final class Inspection {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  /** What Docker prints as null if the image says nothing. */
  private static final List<String> NULLABLE =
      List.of("Cmd", "Entrypoint", "Env", "Labels", "OnBuild", "Volumes");

  private static final int MAX_CONFIG = 8 << 20;

  private Inspection() {}

  static String of(ImageStore store, List<String> namesOrIds) throws IOException {
    List<ImageSummary> summaries = store.images();
    JsonArray all = new JsonArray();
    for (String nameOrId : namesOrIds) {
      all.add(inspect(store.image(nameOrId), summaries));
    }
    StringWriter text = new StringWriter();
    JsonWriter writer = new JsonWriter(text);
    writer.setIndent("    ");
    GSON.toJson(all, writer);
    return text.toString();
  }

  private static JsonObject inspect(Image image, List<ImageSummary> summaries) throws IOException {
    ImageConfig config = image.config();
    JsonObject raw = parse(config);
    JsonMembers json = new JsonMembers();
    json.putAlways("Id", image.id().toString());
    json.put("RepoTags", names(summaries, image.id(), true));
    json.put("RepoDigests", names(summaries, image.id(), false));
    json.putAlways("Parent", "");
    json.putAlways("Comment", comment(config, raw));
    config.created().ifPresent(time -> json.putAlways("Created", GoJson.time(time)));
    json.putAlways("DockerVersion", string(raw, "docker_version"));
    json.putAlways("Author", config.author());
    json.putAlways("Architecture", config.platform().architecture());
    json.put("Variant", config.platform().variant().orElse(""));
    json.putAlways("Os", config.platform().os());
    json.put("OsVersion", config.platform().osVersion().orElse(""));
    json.putAlways("Size", image.size());
    json.put("RootFS", rootFs(config));
    JsonObject metadata = new JsonObject();
    metadata.addProperty("LastTagTime", "0001-01-01T00:00:00Z");
    json.put("Metadata", metadata);
    json.put("Descriptor", descriptor(image.stored().manifestDescriptor()));
    json.put("Config", containerConfig(raw));
    return json.object();
  }

  private static JsonObject parse(ImageConfig config) throws IOException {
    try {
      return StrictJson.parseObject(config.raw(), "image config", MAX_CONFIG);
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("image config that was read before", e);
    }
  }

  private static JsonArray names(List<ImageSummary> summaries, Digest id, boolean tags) {
    Stream<ImageReference> names =
        summaries.stream()
            .filter(summary -> summary.id().equals(id))
            .flatMap(each -> (tags ? each.references() : each.digests()).stream());
    return JsonMembers.array(names.map(ImageReference::familiar).distinct().toList());
  }

  private static String comment(ImageConfig config, JsonObject raw) {
    List<HistoryEntry> history = config.history();
    String own = string(raw, "comment");
    return own.isEmpty() && !history.isEmpty() ? history.get(history.size() - 1).comment() : own;
  }

  private static String string(JsonObject object, String name) {
    return Optional.ofNullable(object.get(name))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString)
        .orElse("");
  }

  private static JsonObject rootFs(ImageConfig config) {
    JsonObject rootFs = new JsonObject();
    rootFs.addProperty("Type", "layers");
    rootFs.add(
        "Layers", JsonMembers.array(config.diffIds().stream().map(Digest::toString).toList()));
    return rootFs;
  }

  private static JsonObject descriptor(Descriptor manifest) {
    JsonMembers json = new JsonMembers();
    json.putAlways("mediaType", manifest.mediaType());
    json.putAlways("digest", manifest.digest().toString());
    json.putAlways("size", manifest.size());
    return json.object();
  }

  /** The members Docker keeps, in alphabetical order, some of them even if they are empty. */
  private static JsonObject containerConfig(JsonObject raw) {
    JsonObject config = new JsonObject();
    NULLABLE.forEach(name -> config.add(name, JsonNull.INSTANCE));
    config.addProperty("User", "");
    config.addProperty("WorkingDir", "");
    if (raw.get("config") instanceof JsonObject said) {
      said.entrySet().forEach(member -> config.add(member.getKey(), member.getValue()));
    }
    return GoJson.sorted(config);
  }
}
