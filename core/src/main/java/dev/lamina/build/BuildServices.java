// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fetch.Downloads;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the steps of one build share.
 *
 * @param request what is built
 * @param store where layers go
 * @param cache what is known of earlier builds
 * @param digests digests of contents
 * @param downloads files behind URLs
 * @param repositories files of Git repositories
 * @param events whom to tell
 */
record BuildServices(
    BuildRequest request,
    LocalStore store,
    BuildCache cache,
    ContentDigests digests,
    Downloads downloads,
    GitRepositories repositories,
    Events events) {

  /** Returns the host's folder of a cache mount. */
  Path cacheMount(String id) throws IOException {
    Path folder = store.folder("cache-mounts").resolve(Hashes.hex(id));
    return Files.createDirectories(folder);
  }
}
