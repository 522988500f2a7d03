// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lamina.json.GoJson;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.JsonMembers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An image's configuration: what it runs on, how it is run, which layers it has and how it came
 * about. Its digest is the image's ID. Immutable: each {@code with…} returns a copy.
 *
 * <p>A configuration that was parsed keeps its bytes. One made here is written as BuildKit writes
 * it; fields unknown here are kept, those in which old engines noted the container an image was
 * committed from are not.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md">OCI image
 *     configuration</a>
 */
public final class ImageConfig {
  private static final Set<String> KNOWN =
      Set.of(
          "architecture",
          "author",
          "config",
          "created",
          "history",
          "os",
          "os.features",
          "os.version",
          "rootfs",
          "variant");

  /** What Docker noted of the making of an image, at the top and in "config". */
  private static final Set<String> OF_THE_MAKING =
      Set.of(
          "comment",
          "container",
          "container_config",
          "docker_version",
          "id",
          "parent",
          "parent_id");

  private static final Set<String> OF_THE_CONTAINER =
      Set.of(
          "Hostname",
          "Domainname",
          "AttachStdin",
          "AttachStdout",
          "AttachStderr",
          "Tty",
          "OpenStdin",
          "StdinOnce",
          "Image",
          "NetworkDisabled",
          "MacAddress");

  private final byte[] raw;
  private final Digest digest;
  private final JsonObject json;
  private final Optional<Instant> created;
  private final String author;
  private final Platform platform;
  private final ContainerConfig config;
  private final List<Digest> diffIds;
  private final List<HistoryEntry> history;

  private ImageConfig(byte[] raw, JsonFields fields)
      throws InvalidJsonException, InvalidImageException {
    this.raw = raw;
    this.digest = Digest.sha256(raw);
    this.json = fields.object();
    this.created = fields.time("created");
    this.author = fields.string("author").orElse("");
    this.platform = Platform.read(fields);
    Optional<JsonFields> containerConfig = fields.fields("config");
    this.config =
        containerConfig.isPresent()
            ? ContainerConfig.read(containerConfig.get())
            : ContainerConfig.EMPTY;
    this.diffIds = readDiffIds(fields);
    this.history = Documents.list(fields, "history", HistoryEntry::read);
  }

  /** Returns the configuration of an image with no layers, which is what {@code scratch} is. */
  public static ImageConfig of(Platform platform) {
    JsonMembers json = new JsonMembers();
    platform.write().entrySet().forEach(member -> json.put(member.getKey(), member.getValue()));
    json.put("config", new JsonObject());
    json.put("rootfs", rootfs(List.of()));
    return of(json.object());
  }

  /**
   * Parses a configuration.
   *
   * @throws InvalidImageException if {@code raw} isn't one
   */
  public static ImageConfig parse(byte[] raw) throws InvalidImageException {
    byte[] copy = raw.clone();
    return Documents.read(
        copy, "image config", Documents.MAX_CONFIG, fields -> new ImageConfig(copy, fields));
  }

  /** Returns a copy of the bytes. */
  public byte[] raw() {
    return raw.clone();
  }

  /** Returns the SHA-256 of the bytes: the image's ID. */
  public Digest digest() {
    return digest;
  }

  /** Returns when the image was made, if that is said. */
  public Optional<Instant> created() {
    return created;
  }

  /** Returns who made the image; may be empty. */
  public String author() {
    return author;
  }

  /** Returns what the image runs on. */
  public Platform platform() {
    return platform;
  }

  /** Returns how containers of the image are run. */
  public ContainerConfig config() {
    return config;
  }

  /** Returns the digests of the uncompressed layers, the lowest first. */
  public List<Digest> diffIds() {
    return diffIds;
  }

  /** Returns the chain ID of each prefix of the layers, the lowest first. */
  public List<Digest> chainIds() {
    return Digest.chainIds(diffIds);
  }

  /** Returns the steps the image was made in, the first first; may be empty. */
  public List<HistoryEntry> history() {
    return history;
  }

  /** Returns this with another time of making. */
  public ImageConfig withCreated(Instant newCreated) {
    return write(Optional.of(newCreated), author, platform, config, diffIds, history);
  }

  /** Returns this with another author; empty for none. */
  public ImageConfig withAuthor(String newAuthor) {
    return write(created, newAuthor, platform, config, diffIds, history);
  }

  /** Returns this for another platform. */
  public ImageConfig withPlatform(Platform newPlatform) {
    return write(created, author, newPlatform, config, diffIds, history);
  }

  /** Returns this with another way of running containers. */
  public ImageConfig withConfig(ContainerConfig newConfig) {
    return write(created, author, platform, newConfig, diffIds, history);
  }

  /** Returns this with other layers and another history. */
  public ImageConfig withLayers(List<Digest> newDiffIds, List<HistoryEntry> newHistory) {
    return write(created, author, platform, config, newDiffIds, newHistory);
  }

  /** Returns this with one layer more and the step that made it. */
  public ImageConfig withLayer(Digest diffId, HistoryEntry entry) {
    if (entry.emptyLayer()) {
      throw new IllegalArgumentException("history of layer " + diffId + ": marked as empty layer");
    }
    return withLayers(plus(diffIds, diffId), plus(history, entry));
  }

  /** Returns this with one step more. */
  public ImageConfig withHistory(HistoryEntry entry) {
    return withLayers(diffIds, plus(history, entry));
  }

  /** Two configurations are equal if their bytes are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ImageConfig image && Arrays.equals(raw, image.raw);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** Returns the digest. */
  @Override
  public String toString() {
    return "image config " + digest;
  }

  private ImageConfig write(
      Optional<Instant> newCreated,
      String newAuthor,
      Platform newPlatform,
      ContainerConfig newConfig,
      List<Digest> newDiffIds,
      List<HistoryEntry> newHistory) {
    JsonMembers members = new JsonMembers();
    newPlatform.write().entrySet().forEach(m -> members.put(m.getKey(), m.getValue()));
    members.put("author", newAuthor);
    members.put("config", newConfig.write(OF_THE_CONTAINER));
    newCreated.ifPresent(time -> members.put("created", GoJson.time(time)));
    if (!newHistory.isEmpty()) {
      members.put("history", historyJson(newHistory));
    }
    members.put("rootfs", rootfs(newDiffIds));
    Set<String> dropped = new TreeSet<>(KNOWN);
    dropped.addAll(OF_THE_MAKING);
    members.putUnknown(json, dropped);
    return of(members.object());
  }

  /** Steps that stay keep the JSON they came as, with all its fields. */
  private JsonArray historyJson(List<HistoryEntry> entries) {
    JsonArray array = new JsonArray();
    for (int i = 0; i < entries.size(); i++) {
      boolean same = i < history.size() && history.get(i).equals(entries.get(i));
      array.add(same ? json.getAsJsonArray("history").get(i) : entries.get(i).write());
    }
    return array;
  }

  private static ImageConfig of(JsonObject json) {
    JsonObject sorted = GoJson.sorted(json);
    try {
      return new ImageConfig(GoJson.write(sorted), JsonFields.of(sorted, "image config"));
    } catch (InvalidJsonException | InvalidImageException e) {
      throw new IllegalStateException("image config written here can't be read", e);
    }
  }

  private static JsonObject rootfs(List<Digest> diffIds) {
    JsonObject rootfs = new JsonObject();
    rootfs.addProperty("type", "layers");
    rootfs.add("diff_ids", JsonMembers.array(diffIds.stream().map(Digest::toString).toList()));
    return rootfs;
  }

  private static List<Digest> readDiffIds(JsonFields fields)
      throws InvalidJsonException, InvalidImageException {
    JsonFields rootfs = fields.requireFields("rootfs");
    String type = rootfs.requireString("type");
    if (!type.equals("layers")) {
      throw new InvalidImageException(
          rootfs.where() + ".type: expected \"layers\", found \"" + type + '"');
    }
    List<Digest> diffIds = new ArrayList<>();
    for (String text : rootfs.strings("diff_ids")) {
      diffIds.add(Documents.digest(text, rootfs.where() + ".diff_ids[" + diffIds.size() + "]"));
    }
    return List.copyOf(diffIds);
  }

  private static <T> List<T> plus(List<T> list, T element) {
    List<T> more = new ArrayList<>(list);
    more.add(element);
    return more;
  }
}
