// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image: {@code domain/path[:tag][@digest]}, in the grammar of {@code
 * distribution/reference}; digests are SHA-256, SHA-384 and SHA-512. Docker's short forms are
 * understood: {@code debian} is {@code docker.io/library/debian:latest}.
 *
 * <p>Values are immutable and compare by content.
 *
 * @see <a href="https://github.com/distribution/reference">the grammar</a>
 */
public final class ImageReference implements Comparable<ImageReference> {
  /** The domain of a name without one. */
  public static final String DEFAULT_DOMAIN = "docker.io";

  private static final String DEFAULT_TAG = "latest";
  private static final String OFFICIAL = "library/";
  private static final int MAX_PATH = 255;

  /** The grammar bounds all but the domain; DNS bounds that far below this. */
  private static final int MAX_TEXT = 4096;

  private static final String LABEL = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)";
  private static final String DOMAIN =
      "(?:" + LABEL + "(?:\\." + LABEL + ")*+|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
  private static final String COMPONENT = "[a-z0-9]++(?:(?:[._]|__|-++)[a-z0-9]++)*+";
  private static final Pattern NAME =
      Pattern.compile("(" + DOMAIN + ")/(" + COMPONENT + "(?:/" + COMPONENT + ")*+)");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");

  private final String domain;
  private final String path;
  private final Optional<String> tag;
  private final Optional<Digest> digest;

  private ImageReference(
      String domain, String path, Optional<String> tag, Optional<Digest> digest) {
    this.domain = domain;
    this.path = path;
    this.tag = tag;
    this.digest = digest;
  }

  /**
   * Parses a reference as a user writes it. With neither tag nor digest it gets the tag {@code
   * latest}.
   *
   * @throws IllegalArgumentException if {@code text} is not a reference
   */
  public static ImageReference parse(String text) {
    ImageReference reference = parseName(text);
    return reference.tag.isEmpty() && reference.digest.isEmpty()
        ? reference.withTag(DEFAULT_TAG)
        : reference;
  }

  /**
   * Parses a reference as a user writes it and adds nothing: the name of a repository has no tag.
   *
   * @throws IllegalArgumentException if {@code text} is not a reference
   */
  public static ImageReference parseName(String text) {
    if (text.length() > MAX_TEXT) {
      throw invalid(text, "expected at most 4096 characters, found " + text.length());
    }
    if (IDENTIFIER.matcher(text).matches()) {
      throw invalid(text, "expected a name, found 64 hexadecimal digits");
    }
    String rest = text;
    Optional<Digest> digest = Optional.empty();
    int at = rest.indexOf('@');
    if (at >= 0) {
      try {
        digest = Optional.of(Digest.parse(rest.substring(at + 1)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "image reference \"" + text + "\": " + e.getMessage(), e);
      }
      rest = rest.substring(0, at);
    }
    Optional<String> tag = Optional.empty();
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = Optional.of(rest.substring(colon + 1));
      requireTag(text, tag.get());
      rest = rest.substring(0, colon);
    }
    return split(text, rest, tag, digest);
  }

  private static ImageReference split(
      String text, String name, Optional<String> tag, Optional<Digest> digest) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasDomain =
        first.equals("localhost")
            || first.indexOf('.') >= 0
            || first.indexOf(':') >= 0
            || !first.toLowerCase(Locale.ROOT).equals(first);
    String domain = hasDomain ? first : DEFAULT_DOMAIN;
    String path = hasDomain ? name.substring(slash + 1) : name;
    if (domain.equals("index.docker.io")) {
      domain = DEFAULT_DOMAIN;
    }
    if (domain.equals(DEFAULT_DOMAIN) && path.indexOf('/') < 0) {
      path = OFFICIAL + path;
    }
    if (!path.toLowerCase(Locale.ROOT).equals(path)) {
      throw invalid(text, "expected a repository in lower case, found \"" + path + '"');
    }
    Matcher matcher = NAME.matcher(domain + "/" + path);
    if (!matcher.matches()) {
      throw invalid(text, "expected [domain/]path[:tag][@digest]");
    }
    if (path.length() > MAX_PATH) {
      throw invalid(
          text, "expected a repository of at most 255 characters, found " + path.length());
    }
    return new ImageReference(domain, path, tag, digest);
  }

  /** Returns the registry's host, with its port if one was given: {@code docker.io}. */
  public String domain() {
    return domain;
  }

  /** Returns the repository within the registry: {@code library/debian}. */
  public String path() {
    return path;
  }

  /** Returns domain and path: {@code docker.io/library/debian}. */
  public String name() {
    return domain + "/" + path;
  }

  /** Returns the tag, if there is one. */
  public Optional<String> tag() {
    return tag;
  }

  /** Returns the digest this is pinned to, if it is. */
  public Optional<Digest> digest() {
    return digest;
  }

  /** Returns this with another tag, and without a digest. */
  public ImageReference withTag(String newTag) {
    requireTag(name() + ":" + newTag, newTag);
    return new ImageReference(domain, path, Optional.of(newTag), Optional.empty());
  }

  /** Returns this pinned to a digest; a tag stays. */
  public ImageReference withDigest(Digest newDigest) {
    return new ImageReference(domain, path, tag, Optional.of(newDigest));
  }

  /** Returns this as Docker shows it: {@code debian:bookworm}. */
  public String familiar() {
    return familiarName() + suffix();
  }

  /** Returns the name as Docker shows it, without tag and digest: {@code debian}. */
  public String familiarName() {
    if (!domain.equals(DEFAULT_DOMAIN)) {
      return name();
    }
    boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
    return official ? path.substring(OFFICIAL.length()) : path;
  }

  /** Returns this in full: {@code docker.io/library/debian:bookworm}. */
  public String canonical() {
    return name() + suffix();
  }

  /** Returns {@link #canonical()}. */
  @Override
  public String toString() {
    return canonical();
  }

  @Override
  public int compareTo(ImageReference other) {
    return canonical().compareTo(other.canonical());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageReference reference
        && domain.equals(reference.domain)
        && path.equals(reference.path)
        && tag.equals(reference.tag)
        && digest.equals(reference.digest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(domain, path, tag, digest);
  }

  private String suffix() {
    return tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
  }

  private static void requireTag(String text, String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw invalid(
          text, "expected a tag of 1…128 letters, digits, _, . and -, found \"" + tag + '"');
    }
  }

  private static IllegalArgumentException invalid(String text, String problem) {
    String shown = text.length() > 300 ? text.substring(0, 300) + "…" : text;
    return new IllegalArgumentException("image reference \"" + shown + "\": " + problem);
  }
}
