// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers keys with layers: those that this store has, then those that others have written. */
final class CachedLayers {
  private final BuildCache cache;
  private final LocalStore store;
  private final BuildRequest request;
  private final List<SharedCache> shared;
  private final FoundLayers layers;
  private final Events events;

  private CachedLayers(
      BuildCache cache,
      LocalStore store,
      BuildRequest request,
      List<SharedCache> shared,
      FoundLayers layers,
      Events events) {
    this.cache = cache;
    this.store = store;
    this.request = request;
    this.shared = shared;
    this.layers = layers;
    this.events = events;
  }

  /** Opens the caches; one that isn't there, as before the first build, is a warning. */
  static CachedLayers open(
      BuildCache cache, LocalStore store, BuildRequest request, FoundLayers layers, Events events) {
    List<SharedCache> shared = new ArrayList<>();
    for (CacheLocation location : request.cacheSources()) {
      try {
        shared.add(SharedCache.open(location));
      } catch (IOException e) {
        warn(events, location + ": " + Messages.of(e));
      }
    }
    return new CachedLayers(cache, store, request, shared, layers, events);
  }

  private static void warn(Events events, String message) {
    events.tell(new BuildEvent.Warning("CacheUnavailable", message, 0));
  }

  /** Returns whether no step of these names was made or answered before, here or elsewhere. */
  boolean isNew(List<String> slots) throws IOException {
    return shared.isEmpty() && cache.isNew(slots);
  }

  BuildCache records() {
    return cache;
  }

  /**
   * Keeps what was found from being pruned, before a step is carried out over it.
   *
   * @throws BuildException if something of it isn't there any more
   */
  void retain() throws IOException {
    layers.retain();
  }

  /** Returns the key that a short cut leads to. */
  Optional<String> find(Shortcut shortcut) throws IOException {
    Optional<String> key = cache.find(shortcut);
    for (int i = 0; key.isEmpty() && shortcut.isPortable() && i < shared.size(); i++) {
      key = shared.get(i).shortcut(shortcut.name());
    }
    return key;
  }

  /** Returns the record of a key, if its layer can be had. */
  Optional<CacheRecord> find(String key) throws IOException {
    Optional<CacheRecord> known = cache.find(key, request.clock().instant());
    if (known.isPresent()
        && store.layers().find(known.get().layer()).isPresent()
        && layers.add(known.get().layer())) {
      return known;
    }
    for (SharedCache each : shared) {
      try {
        Optional<CacheRecord> found = each.find(key, store);
        if (found.isPresent() && layers.add(found.get().layer())) {
          cache.put(key, found.get());
          return found;
        }
      } catch (IOException e) {
        warn(events, "a layer of the cache: " + Messages.of(e));
      }
    }
    return Optional.empty();
  }
}
