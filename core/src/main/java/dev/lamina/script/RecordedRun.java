// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import com.google.gson.JsonObject;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.json.GoJson;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import dev.lamina.layer.LayerReader;
import dev.lamina.layer.LayerWriter;
import dev.lamina.store.WholeFiles;
import dev.lamina.tar.TarOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of a process once: two files of a folder, called by the digest of its inputs. {@code
 * KEY.json} has the inputs, exit code and output, {@code KEY.tar} the changes as a layer's tar.
 *
 * @param inputs what the process depended on, by name
 * @param exitCode how it ended
 * @param stdout what it wrote, as text
 * @param stderr what it wrote to the other stream
 */
record RecordedRun(Map<String, String> inputs, int exitCode, String stdout, String stderr) {
  private static final String RECORD = ".json";
  private static final String CHANGES = ".tar";
  private static final int MAX_RECORD = 32 << 20; // two MiB of output, each byte written as six

  /** Returns what was recorded under a key. */
  static Optional<RecordedRun> find(Path folder, String key) throws IOException {
    return read(folder.resolve(key + RECORD));
  }

  private static Optional<RecordedRun> read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    JsonFields fields =
        JsonFields.of(StrictJson.parseObject(bytes, file.toString(), MAX_RECORD), file.toString());
    return Optional.of(
        new RecordedRun(
            fields.stringMap("inputs"),
            (int) fields.requireNumber("exitCode"),
            fields.requireString("stdout"),
            fields.requireString("stderr")));
  }

  /** Returns all that is recorded in a folder, in the order of the keys. */
  static List<RecordedRun> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> records;
    try (Stream<Path> files = Files.list(folder)) {
      records = files.filter(file -> file.toString().endsWith(RECORD)).sorted().toList();
    }
    List<RecordedRun> all = new ArrayList<>();
    for (Path record : records) {
      read(record).ifPresent(all::add);
    }
    return all;
  }

  /** Returns the changes recorded under a key; their contents stay in the file. */
  static Changes changes(Path folder, String key) throws IOException {
    Path file = folder.resolve(key + CHANGES);
    Content tar = Content.ofFile(file);
    return LayerReader.scan(file.toString(), tar, TarOptions.DEFAULT).changes(tar);
  }

  /** Writes this and its changes under a key. The record comes last: it says that all is there. */
  void write(Path folder, String key, Changes changes) throws IOException {
    Files.createDirectories(folder);
    WholeFiles.write(
        folder.resolve(key + CHANGES),
        out -> {
          var unused = LayerWriter.write(changes, out);
        });
    JsonObject named = new JsonObject();
    inputs.forEach(named::addProperty);
    JsonObject record = new JsonObject();
    record.add("inputs", named);
    record.addProperty("exitCode", exitCode);
    record.addProperty("stdout", stdout);
    record.addProperty("stderr", stderr);
    WholeFiles.write(folder.resolve(key + RECORD), GoJson.write(record));
  }
}
