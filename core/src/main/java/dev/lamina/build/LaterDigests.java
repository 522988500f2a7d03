// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.HostContent;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.Node;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Digests of contents that are to be read for a layer anyway: inputs hold a mark in their place
 * until that is done. Safe for use by several threads.
 */
final class LaterDigests {
  /** Stand around the number of a content in the place of its digest; no file has them. */
  private static final char BEGIN = '\0';

  private static final char END = '\1';

  private final ContentDigests digests;
  private final List<Content> contents = new ArrayList<>(); // guarded by this
  private final Map<Content, Integer> numbers = new HashMap<>(); // guarded by this
  private final Map<Content, String> found = new HashMap<>(); // guarded by this

  LaterDigests(ContentDigests digests) {
    this.digests = digests;
  }

  /** Returns the digest of a content if it is remembered, else a mark. */
  String digestOrMark(Content content) throws IOException {
    String known = content instanceof HostContent file ? digests.knownOrNull(file) : null;
    return known == null ? mark(content) : known;
  }

  private synchronized String mark(Content content) {
    Integer number = numbers.putIfAbsent(content, contents.size());
    if (number == null) {
      number = contents.size();
      contents.add(content);
    }
    return "" + BEGIN + number + END;
  }

  /** Returns whether no mark was given out. */
  synchronized boolean isEmpty() {
    return contents.isEmpty();
  }

  /** Returns changes with the same contents, of which those with a mark are digested when read. */
  synchronized Changes watching(Changes changes) {
    Instant before = digests.oldest();
    Changes.Builder watching = Changes.builder();
    for (Change change : changes) {
      boolean isMarked =
          change instanceof Change.Put put
              && put.node() instanceof Node.File file
              && numbers.containsKey(file.content());
      watching.add(isMarked ? watching((Change.Put) change, before) : change);
    }
    return watching.build();
  }

  private Change watching(Change.Put put, Instant before) {
    Content content = ((Node.File) put.node()).content();
    Content digested = new DigestedContent(content, digest -> found(content, digest, before));
    return new Change.Put(put.path(), Node.file(put.node().metadata(), digested));
  }

  private synchronized void found(Content content, String digest, Instant before)
      throws IOException {
    found.put(content, digest);
    if (content instanceof HostContent file) {
      digests.learn(file, digest, before);
    }
  }

  /** Returns whether a value has a mark in it. */
  static boolean isMarked(String value) {
    return value.indexOf(BEGIN) >= 0;
  }

  /**
   * Returns a value with the digest in the place of the mark; a content that nobody has read
   * meanwhile is read now.
   */
  synchronized String complete(String value) throws IOException, InterruptedException {
    int begin = value.indexOf(BEGIN);
    int end = value.indexOf(END, begin);
    int number = Integer.parseInt(value, begin + 1, end, 10);
    return value.substring(0, begin) + digest(number) + value.substring(end + 1);
  }

  private String digest(int number) throws IOException, InterruptedException {
    Content content = contents.get(number);
    String known = found.get(content);
    return known == null ? digests.of(content) : known;
  }
}
