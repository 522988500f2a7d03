// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageDocument;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a repository lists: its tags, and what refers to a manifest. */
final class Listings {
  private static final int MAX_PAGE = 4 << 20;
  private static final int MAX_PAGES = 10_000;
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;.*\\brel=\"?next\"?.*");

  private final Session session;
  private final ImageReference repository;

  Listings(Session session, ImageReference repository) {
    this.session = session;
    this.repository = repository;
  }

  List<String> tags() throws IOException {
    List<String> tags = new ArrayList<>();
    Optional<URI> page = Optional.of(session.endpoint().v2(repository.path() + "/tags/list"));
    for (int pages = 0; page.isPresent(); pages++) {
      requirePages(pages);
      try (Answer answer = session.sendForDocument(call(page.get()), MAX_PAGE)) {
        if (answer.status() != 200) {
          throw answer.failure("the tags of " + repository.familiarName());
        }
        JsonFields fields =
            JsonFields.of(
                StrictJson.parseObject(answer.read(MAX_PAGE), answer.request(), MAX_PAGE),
                answer.request());
        tags.addAll(fields.strings("tags"));
        page = next(answer);
      } catch (InvalidJsonException e) {
        throw new RegistryException(String.valueOf(e.getMessage()), e);
      }
    }
    return List.copyOf(tags);
  }

  List<Descriptor> referrers(Digest subject, Optional<String> artifactType) throws IOException {
    String query = artifactType.map(type -> "?artifactType=" + encode(type)).orElse("");
    Optional<URI> page =
        Optional.of(session.endpoint().v2(repository.path() + "/referrers/" + subject + query));
    List<Descriptor> found = new ArrayList<>();
    for (int pages = 0; page.isPresent(); pages++) {
      requirePages(pages);
      try (Answer answer = session.sendForDocument(call(page.get()), MAX_PAGE)) {
        if (answer.status() == 404 && pages == 0) {
          found.addAll(fallback(subject).manifests());
          break;
        }
        if (answer.status() != 200) {
          throw answer.failure("what refers to " + subject);
        }
        found.addAll(ImageIndex.parse(answer.read(MAX_PAGE)).manifests());
        page = next(answer);
      }
    }
    return found.stream()
        .filter(each -> artifactType.isEmpty() || artifactType.equals(each.artifactType()))
        .toList();
  }

  /**
   * Adds a manifest to the list that stands under a tag where a registry keeps none itself.
   *
   * @see <a
   *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema">
   *     referrers tag schema</a>
   */
  void addReferrer(Digest subject, Descriptor manifest, byte[] raw) throws IOException {
    ImageIndex before = fallback(subject);
    if (before.manifests().stream().anyMatch(m -> m.digest().equals(manifest.digest()))) {
      return;
    }
    ImageDocument document = ImageDocument.parse(raw, manifest.mediaType());
    String type =
        document instanceof Manifest image
            ? image.artifactType().orElse(image.config().mediaType())
            : ((ImageIndex) document).artifactType().orElse("");
    List<Descriptor> manifests = new ArrayList<>(before.manifests());
    manifests.add(
        Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.size())
            .withAnnotations(document.annotations())
            .withArtifactType(type));
    ImageIndex after = before.withManifests(manifests);
    new ManifestRequests(session, fallbackTag(subject)).put(after.descriptor(), after.raw());
  }

  private ImageIndex fallback(Digest subject) throws IOException {
    try {
      return ImageIndex.parse(new ManifestRequests(session, fallbackTag(subject)).get().raw());
    } catch (RegistryException e) {
      if (e.isNotFound()) {
        return ImageIndex.of(List.of(), Map.of());
      }
      throw e;
    }
  }

  private ImageReference fallbackTag(Digest subject) {
    String tag = subject.algorithm() + "-" + subject.hex();
    return repository.withTag(tag.substring(0, Math.min(tag.length(), 128)));
  }

  private Session.Call call(URI uri) {
    return Session.Call.of("GET", uri, Scope.pull(repository.path()));
  }

  private Optional<URI> next(Answer answer) throws RegistryException {
    Matcher link = NEXT.matcher(answer.header("Link").orElse(""));
    return link.matches()
        ? Optional.of(session.resolve(answer.uri(), link.group(1)))
        : Optional.empty();
  }

  private void requirePages(int pages) throws RegistryException {
    if (pages >= MAX_PAGES) {
      throw new RegistryException(
          repository.name() + ": expected at most " + MAX_PAGES + " pages, found more");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
