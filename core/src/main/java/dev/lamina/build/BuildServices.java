// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fetch.Downloads;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.store.LocalStore;

/**
 * What the steps of one build share.
 *
 * @param request what is built
 * @param store where layers go
 * @param cache what is known of earlier builds
 * @param used which steps the build has used
 * @param steps which steps are being carried out
 * @param digests digests of contents
 * @param downloads files behind URLs
 * @param repositories files of Git repositories
 * @param events whom to tell
 */
record BuildServices(
    BuildRequest request,
    LocalStore store,
    CachedLayers cache,
    UsedSteps used,
    StepsOnce steps,
    ContentDigests digests,
    Downloads downloads,
    GitRepositories repositories,
    Events events) {}
