// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.fs.Content;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that was fetched.
 *
 * @param content what is in it
 * @param sha256 the digest of that, in hexadecimal
 * @param modified when it was last changed, if the server says
 */
public record RemoteFile(Content content, String sha256, Optional<Instant> modified) {}
