// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.launcher;

import dev.lamina.build.BuildRequest;
import dev.lamina.build.NamedContext;
import dev.lamina.build.RunOptions;
import dev.lamina.build.Secrets;
import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;

/** What a command line of {@code lamina-build} says. */
final class LauncherOptions {
  static final String USAGE =
      """
      usage: lamina-build [--file DOCKERFILE] --context DIR [--out FILE.tar] [--case CASE.json]
        [--build-arg K=V]… [--target T] [--platform P] [--build-context N=V]…
        [--secret id=ID,src=FILE]… [--tag NAME]… [--load ARCHIVE]… [--store DIR] [--no-cache]
        [--progress plain|tty|none]
      """;

  private final Map<String, String> arguments = new LinkedHashMap<>();
  private final Map<String, String> contexts = new LinkedHashMap<>();
  private final Map<ImageReference, Path> bases = new HashMap<>();
  private final List<Path> archives = new ArrayList<>();
  private final List<ImageReference> names = new ArrayList<>();
  private Secrets secrets = Secrets.none();
  private boolean cached = true;
  private String progress = Boolean.getBoolean("lamina.tty") ? "tty" : "plain";
  private @Nullable Path dockerfile;
  private @Nullable Path context;
  private @Nullable Path out;
  private @Nullable Path store;
  private @Nullable String target;
  private @Nullable String platform;

  private LauncherOptions() {}

  static LauncherOptions parse(List<String> words) throws UsageException, IOException {
    LauncherOptions options = new LauncherOptions();
    Deque<String> rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      int equals = word.indexOf('=');
      if (word.startsWith("--") && equals > 0) {
        rest.addFirst(word.substring(equals + 1));
        word = word.substring(0, equals);
      }
      options.read(word, rest);
    }
    if (options.context == null) {
      throw new UsageException("--context is missing");
    }
    return options;
  }

  private void read(String option, Deque<String> rest) throws UsageException, IOException {
    if (option.equals("--no-cache")) {
      cached = false;
      return;
    }
    String value = rest.pollFirst();
    if (value == null) {
      throw new UsageException(option + ": expected a value");
    }
    switch (option) {
      case "--file" -> dockerfile = Path.of(value);
      case "--context" -> context = Path.of(value);
      case "--out" -> out = Path.of(value);
      case "--store" -> store = Path.of(value);
      case "--target" -> target = value;
      case "--platform" -> platform = value;
      case "--progress" -> progress = value;
      case "--load" -> archives.add(Path.of(value));
      case "--tag" -> names.add(ImageReference.parse(value));
      case "--build-arg" -> addArgument(value);
      case "--build-context" -> contexts.put(name(option, value), after(value));
      case "--secret" -> addSecret(value);
      case "--case" -> CaseFile.read(Path.of(value)).addTo(this);
      default -> throw new UsageException(option + ": unknown option");
    }
  }

  private static String name(String option, String pair) throws UsageException {
    int equals = pair.indexOf('=');
    if (equals <= 0) {
      throw new UsageException(option + ": expected NAME=VALUE, found " + pair);
    }
    return pair.substring(0, equals);
  }

  private static String after(String pair) {
    return pair.substring(pair.indexOf('=') + 1);
  }

  /** A name alone takes its value from the environment, or is not given at all. */
  private void addArgument(String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? System.getenv(pair) : pair.substring(equals + 1);
    if (value != null) {
      arguments.put(name, value);
    }
  }

  private void addSecret(String text) throws UsageException {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split(",", -1)) {
      fields.put(name("--secret", field), after(field));
    }
    String id = fields.get("id");
    String source = fields.getOrDefault("src", fields.get("source"));
    if (id == null || source == null) {
      throw new UsageException("--secret: expected id=ID,src=FILE, found " + text);
    }
    secret(id, Path.of(source));
  }

  void argument(String name, String value) {
    arguments.put(name, value);
  }

  void namedContext(String name, String value) {
    contexts.put(name, value);
  }

  void base(ImageReference name, Path archive) {
    bases.put(name, archive);
  }

  void secret(String id, Path file) {
    secrets = secrets.withFile(id, file);
  }

  void target(String name) {
    target = name;
  }

  void platform(String text) {
    platform = text;
  }

  Map<ImageReference, Path> bases() {
    return bases;
  }

  List<Path> archives() {
    return archives;
  }

  List<ImageReference> names() {
    return names;
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  Optional<Path> store() {
    return Optional.ofNullable(store);
  }

  String progress() {
    return progress;
  }

  Path dockerfile() {
    return dockerfile != null ? dockerfile : folder().resolve("Dockerfile");
  }

  private Path folder() {
    if (context == null) {
      throw new IllegalStateException("no context");
    }
    return context;
  }

  BuildRequest request(Dockerfile parsed) throws IOException {
    BuildRequest request =
        BuildRequest.of(parsed)
            .withContext(BuildContext.folder(folder()))
            .withSecrets(secrets)
            .withRunOptions(RunOptions.defaults().allowingHostNetwork()); // every step has it
    Path ignore = dockerfile().resolveSibling(dockerfile().getFileName() + ".dockerignore");
    if (Files.isRegularFile(ignore)) {
      request =
          request.withIgnore(Dockerignore.parse(Files.readAllBytes(ignore), ignore.toString()));
    }
    for (Map.Entry<String, String> argument : arguments.entrySet()) {
      request = request.withArgument(argument.getKey(), argument.getValue());
    }
    for (Map.Entry<String, String> named : contexts.entrySet()) {
      request = request.withContext(named.getKey(), NamedContext.parse(named.getValue()));
    }
    for (ImageReference name : names) {
      request = request.withName(name);
    }
    request = target == null ? request : request.withTarget(target);
    request = platform == null ? request : request.withPlatform(Platform.parse(platform));
    return cached ? request : request.withoutCache();
  }
}
