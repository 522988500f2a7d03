// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.launcher;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A case of the conformance suite, as its {@code run} hands it to a builder.
 *
 * @param json what stands in the file
 */
record CaseFile(JsonObject json) {

  static CaseFile read(Path file) throws IOException {
    return new CaseFile(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
  }

  void addTo(LauncherOptions options) {
    each("build_args", options::argument);
    each("extra_contexts", options::namedContext);
    each("secrets", (id, file) -> options.secret(id, Path.of(file)));
    each("bases", (name, archive) -> options.base(ImageReference.parse(name), Path.of(archive)));
    String target = textOrEmpty("target");
    if (!target.isEmpty()) {
      options.target(target);
    }
    String platform = textOrEmpty("platform");
    if (!platform.isEmpty()) {
      options.platform(platform);
    }
  }

  private interface Entry {
    void accept(String name, String value);
  }

  private void each(String member, Entry action) {
    JsonElement element = json.get(member);
    if (element != null && element.isJsonObject()) {
      for (Map.Entry<String, JsonElement> entry : element.getAsJsonObject().entrySet()) {
        action.accept(entry.getKey(), entry.getValue().getAsString());
      }
    }
  }

  private String textOrEmpty(String member) {
    JsonElement element = json.get(member);
    return element == null || element.isJsonNull() ? "" : element.getAsString();
  }
}
