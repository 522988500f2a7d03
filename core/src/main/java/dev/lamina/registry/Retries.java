// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What may be different next time, and when that is. */
final class Retries {
  private static final Set<Integer> STATUSES = Set.of(408, 429, 499, 500, 502, 503, 504, 522);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final int attempts;
  private final Duration firstDelay;

  Retries(RegistryOptions options) {
    this.attempts = options.attempts();
    this.firstDelay = options.firstDelay();
  }

  int attempts() {
    return attempts;
  }

  static boolean isPassing(int status) {
    return STATUSES.contains(status);
  }

  static boolean isPassing(IOException e) {
    boolean interrupted =
        e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    return !interrupted
        && !(e instanceof RegistryException)
        && !(e instanceof SSLHandshakeException)
        && !(e instanceof SSLPeerUnverifiedException);
  }

  /**
   * Waits before another attempt.
   *
   * @param failed how many have failed, from 1 on
   * @param retryAfter what the server asks for
   */
  void pause(int failed, Optional<String> retryAfter) throws InterruptedIOException {
    Duration own = firstDelay.multipliedBy(1L << Math.min(failed - 1, 10));
    Duration delay = retryAfter.flatMap(text -> parse(text, Instant.now())).orElse(own);
    Duration bounded = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    try {
      Thread.sleep(Math.max(bounded.toMillis(), 0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("pause before another attempt").initCause(e);
    }
  }

  /** Seconds, or a date. */
  static Optional<Duration> parse(String text, Instant now) {
    try {
      if (text.matches("[0-9]{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, then));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
