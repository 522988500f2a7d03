// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fetch;

import static java.util.Objects.requireNonNullElseGet;

import dev.lamina.fs.Content;
import dev.lamina.oci.Digest;
import dev.lamina.registry.EnvironmentProxies;
import dev.lamina.spi.RemoteFile;
import dev.lamina.store.WholeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.annotation.Nullable;

/**
 * Fetches files over HTTP into a folder. One that was fetched before is asked for again by its
 * entity tag, so that an unchanged one costs a round trip. One object fetches a URL once.
 *
 * <p>Safe for use by several threads, and the folder by several processes.
 */
public final class Downloads {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_REDIRECTS = 10;
  private static final int NOT_MODIFIED = 304;

  private final FetchFolder place;
  private final Map<String, String> environment;
  private final Map<URI, RemoteFile> fetched = new HashMap<>();
  private @Nullable HttpClient client; // has a thread of its own, so only who fetches has one

  /** Makes downloads into a folder, through the proxies that the environment names. */
  public Downloads(FetchFolder folder) {
    this(folder, System.getenv());
  }

  Downloads(FetchFolder folder, Map<String, String> environment) {
    this.place = folder;
    this.environment = environment;
  }

  /**
   * Returns the file behind a URL.
   *
   * @throws FetchException if the server answers something else
   */
  public synchronized RemoteFile fetch(URI url) throws IOException, InterruptedException {
    RemoteFile known = fetched.get(url);
    if (known == null) {
      known = fetchNew(url);
      fetched.put(url, known);
    }
    return known;
  }

  private RemoteFile fetchNew(URI url) throws IOException, InterruptedException {
    Path folder = place.open();
    Path noteFile = folder.resolve(Digest.sha256(url.toString()).hex());
    Optional<DownloadNote> note = DownloadNote.read(noteFile);
    note = note.filter(found -> Files.isRegularFile(body(folder, found.sha256())));
    HttpResponse<InputStream> response = request(url, note.map(DownloadNote::entityTag));
    try (InputStream body = new StallingInputStream(bodyOf(response), STALL_TIMEOUT, url);
        InputStream in = decoded(response, body)) {
      if (response.statusCode() == NOT_MODIFIED && note.isPresent()) {
        return file(folder, note.get());
      }
      if (response.statusCode() / 100 != 2) {
        throw new FetchException(url + ": invalid response status " + response.statusCode());
      }
      DownloadNote fresh =
          new DownloadNote(
              store(folder, in),
              response.headers().firstValue("ETag").orElse(""),
              response.headers().firstValue("Last-Modified").flatMap(Downloads::time));
      fresh.write(noteFile);
      return file(folder, fresh);
    }
  }

  /** Some servers encode what nobody asked them to; Go's client, which is Docker's, decodes it. */
  private static InputStream decoded(HttpResponse<InputStream> response, InputStream body)
      throws IOException {
    boolean gzip =
        response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
    return gzip ? new GZIPInputStream(body) : body;
  }

  private HttpResponse<InputStream> request(URI url, Optional<String> entityTag)
      throws IOException, InterruptedException {
    URI at = url;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpRequest.Builder request = builder(at).timeout(STALL_TIMEOUT);
      request.header("User-Agent", "lamina");
      if (at.getUserInfo() != null) {
        request.header("Authorization", basic(at.getUserInfo()));
      }
      entityTag
          .filter(tag -> !tag.isEmpty())
          .ifPresent(tag -> request.header("If-None-Match", tag));
      proxies().authorization(at).ifPresent(value -> request.header("Proxy-Authorization", value));
      HttpResponse<InputStream> response = send(request.build());
      Optional<String> location = response.headers().firstValue("Location");
      if (response.statusCode() / 100 != 3 || location.isEmpty()) {
        return response;
      }
      bodyOf(response).close();
      at = redirected(at, location.get());
    }
    throw new FetchException(url + ": more than " + MAX_REDIRECTS + " redirects");
  }

  private static HttpRequest.Builder builder(URI url) throws FetchException {
    try {
      return HttpRequest.newBuilder(url);
    } catch (IllegalArgumentException e) {
      throw new FetchException(url + ": expected a URL with a host and perhaps a port", e);
    }
  }

  private static String basic(String userInfo) {
    return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
  }

  /** For who fetches: the JDK's part of it loads native code and a file of settings. */
  private EnvironmentProxies proxies() {
    return EnvironmentProxies.of(environment);
  }

  private HttpClient client() {
    HttpClient open = client;
    if (open == null) {
      open =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT_TIMEOUT)
              .proxy(proxies())
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      client = open;
    }
    return open;
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client().send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | IllegalArgumentException e) { // the latter for a port out of range
      throw new FetchException(request.uri() + ": " + e, e);
    }
  }

  /** A proxy's answer to the request for a tunnel has none. */
  private static InputStream bodyOf(HttpResponse<InputStream> response) {
    return requireNonNullElseGet(response.body(), InputStream::nullInputStream);
  }

  private static URI redirected(URI from, String location) throws FetchException {
    try {
      URI to = from.resolve(location);
      String scheme = String.valueOf(to.getScheme());
      if (scheme.equals("http") || scheme.equals("https")) {
        return to;
      }
    } catch (IllegalArgumentException e) {
      throw new FetchException(from + ": redirected to \"" + location + "\"", e);
    }
    throw new FetchException(from + ": redirected to \"" + location + "\"");
  }

  /** Keeps a body under its digest, which it returns. */
  private static String store(Path folder, InputStream in) throws IOException {
    Path temporary = Files.createTempFile(folder, ".", ".tmp");
    try {
      MessageDigest digest = Digest.hasher("sha256");
      try (OutputStream out = Files.newOutputStream(temporary)) {
        byte[] chunk = new byte[64 * 1024];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          digest.update(chunk, 0, n);
          out.write(chunk, 0, n);
        }
      }
      String sha256 = Digest.of(digest.digest()).hex();
      Files.move(temporary, body(folder, sha256), StandardCopyOption.ATOMIC_MOVE);
      return sha256;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path body(Path folder, String sha256) {
    return folder.resolve("sha256-" + sha256);
  }

  private static RemoteFile file(Path folder, DownloadNote note) throws IOException {
    Content content = Content.ofFile(body(folder, note.sha256()));
    return new RemoteFile(content, note.sha256(), note.modified());
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // a server's bad clock is no reason to fail
    }
  }

  /** What was kept of an answer. */
  private record DownloadNote(String sha256, String entityTag, Optional<Instant> modified) {

    static Optional<DownloadNote> read(Path file) throws IOException {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      String[] lines = Files.readString(file).split("\n", -1);
      if (lines.length < 3) {
        return Optional.empty();
      }
      Optional<Instant> modified =
          lines[2].isEmpty() ? Optional.empty() : Optional.of(Instant.parse(lines[2]));
      return Optional.of(new DownloadNote(lines[0], lines[1], modified));
    }

    void write(Path file) throws IOException {
      String text = sha256 + "\n" + entityTag + "\n" + modified.map(Instant::toString).orElse("");
      WholeFiles.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
