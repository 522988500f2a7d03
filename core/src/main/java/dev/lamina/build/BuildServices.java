// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fetch.Downloads;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.run.RunEngines;
import dev.lamina.store.LocalStore;

/**
 * What the steps of one build share.
 *
 * @param request what is built
 * @param store where layers go
 * @param engines what RUN steps can be run with
 * @param cache what is known of earlier builds
 * @param digests digests of contents
 * @param downloads files behind URLs
 * @param repositories files of Git repositories
 * @param events whom to tell
 */
record BuildServices(
    BuildRequest request,
    LocalStore store,
    RunEngines engines,
    BuildCache cache,
    ContentDigests digests,
    Downloads downloads,
    GitRepositories repositories,
    Events events) {}
