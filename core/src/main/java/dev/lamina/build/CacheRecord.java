// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the cache knows of one step: the layer it made and out of what. Kept as text, a line a
 * field, ended by a digest of what comes before, so that a damaged record is none.
 *
 * @param layer the layer's diff ID
 * @param created when the layer was made
 * @param inputs what it was made of
 */
record CacheRecord(Digest layer, Instant created, List<CacheInput> inputs) {
  private static final String FORMAT = "lamina-cache 1";

  CacheRecord {
    inputs = List.copyOf(inputs);
  }

  String write() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append(layer).append('\n').append(created).append('\n');
    for (CacheInput input : inputs) {
      text.append(escape(input.name())).append('\t').append(escape(input.value())).append('\n');
    }
    return text.append(Hashes.hex(text.toString())).append('\n').toString();
  }

  /** Returns the record a text is, or nothing if it is damaged or of another version. */
  static Optional<CacheRecord> read(String text) {
    int end = text.lastIndexOf('\n', text.length() - 2) + 1;
    if (end <= 0 || !text.substring(end).strip().equals(Hashes.hex(text.substring(0, end)))) {
      return Optional.empty();
    }
    List<String> lines = List.of(text.substring(0, end).split("\n", -1));
    if (lines.size() < 4 || !lines.get(0).equals(FORMAT)) {
      return Optional.empty();
    }
    List<CacheInput> inputs = new ArrayList<>();
    for (String line : lines.subList(3, lines.size() - 1)) {
      int tab = line.indexOf('\t');
      inputs.add(
          new CacheInput(unescape(line.substring(0, tab)), unescape(line.substring(tab + 1))));
    }
    return Optional.of(
        new CacheRecord(Digest.parse(lines.get(1)), Instant.parse(lines.get(2)), inputs));
  }

  /** Escapes what lines are cut at, and lone surrogates, which UTF-8 can't hold. */
  private static String escape(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '\\' || Character.isSurrogate(c)) {
        out = out == null ? new StringBuilder(text.substring(0, i)) : out;
        out.append(String.format("\\%04x", (int) c));
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? text : out.toString();
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
        i += 4;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }
}
