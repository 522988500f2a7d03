// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import com.google.common.hash.Hashing;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A folder below {@code builds}: a Dockerfile, its context, and what Docker made of them. */
record GoldenCase(Path folder) {
  static final Path ROOT = Path.of("src/test/resources/builds");

  static List<GoldenCase> all() throws IOException {
    return all(ROOT);
  }

  static List<GoldenCase> all(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("expected.json")))
          .sorted()
          .map(GoldenCase::new)
          .toList();
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  JsonObject expected() throws IOException {
    String text = Files.readString(folder.resolve("expected.json"));
    return JsonParser.parseString(text).getAsJsonObject();
  }

  BuildRequest request() throws IOException {
    byte[] dockerfile = Files.readAllBytes(folder.resolve("Dockerfile"));
    BuildRequest request =
        BuildRequest.of(Dockerfile.parse(dockerfile, "Dockerfile")).withContext(context("context"));
    Path ignore = folder.resolve("Dockerfile.dockerignore");
    if (Files.exists(ignore)) {
      request = request.withIgnore(Dockerignore.parse(Files.readString(ignore)));
    }
    for (String line : lines("options")) {
      request = apply(request, line);
    }
    return request;
  }

  private BuildContext context(String listing) throws IOException {
    Path file = folder.resolve(listing);
    String text = Files.exists(file) ? Files.readString(file) : "";
    return BuildContext.of(ContextListing.tree(text, mtime()));
  }

  /** The time that {@code record} gave the files: another for each case. */
  private Instant mtime() {
    String hash = Hashing.sha256().hashString(name(), StandardCharsets.UTF_8).toString();
    return Instant.ofEpochSecond(1_000_000_000 + Integer.parseInt(hash.substring(0, 6), 16));
  }

  private List<String> lines(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file)
        ? Files.readAllLines(file).stream().filter(line -> !line.isEmpty()).toList()
        : List.of();
  }

  private BuildRequest apply(BuildRequest request, String option) throws IOException {
    String kind = option.substring(0, option.indexOf(' '));
    String value = option.substring(option.indexOf(' ') + 1);
    int equals = value.indexOf('=');
    String name = equals < 0 ? value : value.substring(0, equals);
    String right = value.substring(equals + 1);
    return switch (kind) {
      case "arg" -> request.withArgument(name, right);
      case "label" -> request.withLabel(name, right);
      case "target" -> request.withTarget(value);
      case "platform" -> request.withPlatform(Platform.parse(value));
      case "context" ->
          request.withContext(
              name,
              right.contains("://")
                  ? new NamedContext.Image(
                      ImageReference.parse(right.substring("docker-image://".length())))
                  : new NamedContext.Files(context(right)));
      default -> throw new IllegalArgumentException(option);
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
