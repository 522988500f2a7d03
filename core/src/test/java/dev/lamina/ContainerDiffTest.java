// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lamina.context.BuildContext;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code docker diff} and {@code docker commit} made of what a shell did, made here by the
 * calls of {@code java.nio.file}; {@code diffs/record} asked Docker Engine 28.5.2.
 */
class ContainerDiffTest {
  private static final Path ROOT = Path.of("src/test/resources/diffs");
  private static final FileTime OLD = FileTime.from(1_000_000_000, TimeUnit.SECONDS);

  /** Docker looks at sizes and times only, so what it says of these is nothing. */
  private static final Map<String, List<String>> UNSEEN_BY_DOCKER =
      Map.of("a-file-of-same-size-and-time", List.of("C /w", "C /w/d", "C /w/d/one"));

  private static final Map<String, List<String>> CASES = new LinkedHashMap<>();
  private static JsonObject expected;
  private static ImageStore store;
  private static Image base;

  @BeforeAll
  static void makeTheBase() throws Exception {
    read();
    expected =
        JsonParser.parseString(Files.readString(ROOT.resolve("expected.json"))).getAsJsonObject();
    store = ImageStore.inMemory();
    Image empty =
        ImageBuilder.fromText("FROM scratch\nCOPY f /f\n")
            .context(BuildContext.of(Map.of("f", new byte[0])))
            .store(store)
            .build();
    try (Container box = empty.newContainer()) {
      for (String operation : CASES.get("base")) {
        run(operation, box.fileSystem());
      }
      for (Path path : walk(box.path("/w"))) {
        setAttribute(path, "lastModifiedTime", OLD);
      }
      base = box.commit("base:1");
    }
  }

  private static void read() throws IOException {
    String name = "";
    for (String line : Files.readAllLines(ROOT.resolve("cases"))) {
      if (line.startsWith("@")) {
        name = line.substring(1);
        CASES.put(name, new ArrayList<>());
      } else {
        CASES.get(name).add(line);
      }
    }
  }

  @AfterAll
  static void close() throws IOException {
    store.close();
  }

  static List<String> cases() throws IOException {
    CASES.clear();
    read();
    return CASES.keySet().stream().filter(name -> !name.equals("base")).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void changesAndResultAreDockers(String name) throws Exception {
    try (Container box = base.newContainer()) {
      for (String operation : CASES.get(name)) {
        run(operation, box.fileSystem());
      }
      JsonObject docker = expected.getAsJsonObject(name);
      assertThat(box.diff().stream().map(Object::toString).sorted())
          .isEqualTo(UNSEEN_BY_DOCKER.getOrDefault(name, strings(docker, "diff")));
      assertThat(listing(box.commit("case:1").fileSystem())).isEqualTo(strings(docker, "files"));
    }
  }

  private static List<String> strings(JsonObject object, String name) {
    return object.getAsJsonArray(name).asList().stream().map(JsonElement::getAsString).toList();
  }

  private static void run(String operation, FileSystem files) throws IOException {
    String[] words = operation.split(" ", 3);
    String second = words.length > 2 ? words[2] : "";
    Path path = files.getPath(words[1]);
    switch (words[0]) {
      case "exists" -> assertThat(path).exists();
      case "mkdir" -> Files.createDirectory(path);
      case "write" -> Files.writeString(path, second);
      case "append" -> Files.writeString(path, second, StandardOpenOption.APPEND);
      case "rm" -> Files.delete(path);
      case "rmtree" -> {
        for (Path below : walk(path)) {
          Files.delete(below);
        }
      }
      case "mv" -> Files.move(path, files.getPath(second), StandardCopyOption.REPLACE_EXISTING);
      case "copy" -> Files.copy(path, files.getPath(second), new CopyOption[0]);
      case "link" -> Files.createLink(files.getPath(second), path);
      case "symlink" -> Files.createSymbolicLink(files.getPath(second), path);
      case "chmod" ->
          setAttribute(files.getPath(second), "unix:mode", Integer.parseInt(words[1], 8));
      case "chown" -> {
        String[] ids = words[1].split(":", 2);
        setAttribute(files.getPath(second), "unix:uid", Long.parseLong(ids[0]));
        setAttribute(files.getPath(second), "unix:gid", Long.parseLong(ids[1]));
      }
      case "touch" ->
          setAttribute(
              files.getPath(second),
              "lastModifiedTime",
              FileTime.from(Long.parseLong(words[1]), TimeUnit.SECONDS));
      default -> throw new IllegalArgumentException(operation);
    }
  }

  private static void setAttribute(Path path, String name, Object value) throws IOException {
    Files.setAttribute(path, name, value, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns all below a folder and it, children first. */
  private static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static List<String> listing(FileSystem files) throws IOException {
    List<String> lines = new ArrayList<>();
    List<Path> all = new ArrayList<>(walk(files.getPath("/w")));
    all.sort(Comparator.naturalOrder());
    for (Path path : all) {
      Map<String, Object> of =
          Files.readAttributes(path, "unix:uid,gid,mode,nlink", LinkOption.NOFOLLOW_LINKS);
      String owner = of.get("uid") + ":" + of.get("gid");
      String mode = String.format(Locale.ROOT, "%o %s", (Integer) of.get("mode") & 07777, owner);
      if (Files.isSymbolicLink(path)) {
        lines.add(path + " link " + owner + " " + Files.readSymbolicLink(path));
      } else if (Files.isDirectory(path)) {
        lines.add(path + " dir " + mode);
      } else {
        lines.add(path + " file " + mode + " " + of.get("nlink") + " " + Files.readString(path));
      }
    }
    return lines;
  }
}
