// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.HostContent;
import dev.lamina.fs.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Digests of contents that are to be read for a layer anyway: what isn't remembered is known once
 * that is done. Safe for use by several threads.
 */
final class LaterDigests {
  private final ContentDigests digests;
  private final Set<Content> unknown = new HashSet<>(); // guarded by this
  private final Map<Content, String> found = new HashMap<>(); // guarded by this

  LaterDigests(ContentDigests digests) {
    this.digests = digests;
  }

  /** Returns the digest of a content if it is remembered, else nothing, and has it digested. */
  String ofRemembered(Content content) throws IOException {
    String known = digests.knownOrNull(content);
    if (known != null) {
      return known;
    }
    synchronized (this) {
      unknown.add(content);
    }
    return "";
  }

  /** Returns whether all contents that were asked for are remembered. */
  synchronized boolean areAllRemembered() {
    return unknown.isEmpty();
  }

  /** Returns a content's bytes, which are digested when they are read if it is an unknown one. */
  synchronized InputStream watching(Content content, InputStream in) {
    if (!unknown.contains(content)) {
      return in;
    }
    Instant before = digests.oldest();
    return new DigestedInputStream(in, content.size(), digest -> found(content, digest, before));
  }

  private synchronized void found(Content content, String digest, Instant before)
      throws IOException {
    found.put(content, digest);
    if (content instanceof HostContent file) {
      digests.learn(file, digest, before);
    }
  }

  /** Returns the digest of a content; one that nobody has read meanwhile is read now. */
  String of(Content content) throws IOException, InterruptedException {
    String known;
    synchronized (this) {
      known = found.get(content);
    }
    return known == null ? digests.of(content) : known;
  }
}
