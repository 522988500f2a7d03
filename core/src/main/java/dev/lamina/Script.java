// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.ParserOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where a builder's instructions stand: in a file, or in text to which lines may be added. */
sealed interface Script {
  String text() throws IOException;

  Dockerfile parse() throws IOException;

  Script plus(String line);

  /** Returns this, where a keyword more is that of an instruction. */
  Script withKeyword(String keyword);

  /** A file that is read when it is needed. */
  record File(Path path, ParserOptions options) implements Script {
    File(Path path) {
      this(path, ParserOptions.defaults().withFileName(String.valueOf(path.getFileName())));
    }

    @Override
    public String text() throws IOException {
      return Files.readString(path);
    }

    @Override
    public Dockerfile parse() throws IOException {
      return Dockerfile.parse(Files.readAllBytes(path), options);
    }

    @Override
    public Script withKeyword(String keyword) {
      return new File(path, options.withCustomKeyword(keyword));
    }

    @Override
    public Script plus(String line) {
      throw new IllegalStateException(path + ": instructions can't be added to a file");
    }
  }

  /** Text, to which lines may be added. */
  record Text(String text, ParserOptions options) implements Script {
    Text(String text) {
      this(text, ParserOptions.defaults());
    }

    @Override
    public Script withKeyword(String keyword) {
      return new Text(text, options.withCustomKeyword(keyword));
    }

    @Override
    public Dockerfile parse() throws IOException {
      return Dockerfile.parse(text, options);
    }

    @Override
    public Script plus(String line) {
      String before = text.endsWith("\n") ? text : text + "\n";
      return new Text(before + line.stripTrailing() + "\n", options);
    }
  }

  static String line(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("expected one line, found " + text);
    }
    return text;
  }

  static String json(List<String> words) {
    StringBuilder json = new StringBuilder("[");
    for (String word : words) {
      json.append(json.length() > 1 ? ", " : "").append('"');
      line(word).chars().forEach(c -> escape(json, (char) c));
      json.append('"');
    }
    return json.append(']').toString();
  }

  static void escape(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < ' ') {
      json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }

  static String quoted(String value) {
    return '"' + line(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
