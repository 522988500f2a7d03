// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import dev.lamina.fs.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.annotation.Nullable;

/**
 * The name of some bytes: {@code sha256:…}, {@code sha384:…} or {@code sha512:…}, lower-case
 * hexadecimal, of the algorithm's full length. These are the algorithms that Go's {@code
 * opencontainers/go-digest} knows, so all that references of Docker and containerd may have; OCI's
 * own register lacks the second. Nothing else is ever a digest, so one is safe as a file name and
 * in a URL.
 *
 * @param algorithm {@code sha256}, {@code sha384} or {@code sha512}
 * @param hex 64, 96 or 128 lower-case hexadecimal digits
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests">OCI
 *     digests</a>
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if they aren't as described above
   */
  public Digest {
    int length =
        switch (algorithm) {
          case "sha256" -> 64;
          case "sha384" -> 96;
          case "sha512" -> 128;
          default -> throw unknown(algorithm);
        };
    if (hex.length() != length || !isHex(hex)) {
      throw new IllegalArgumentException(
          algorithm
              + " digest: expected "
              + length
              + " lower-case hexadecimal digits, found "
              + quote(hex));
    }
  }

  // Records' own methods are linked anew in each JVM, which takes milliseconds; a hash of 64 digits
  // is kept by the string.
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Digest other && hex.equals(other.hex) && algorithm.equals(other.algorithm);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  /**
   * Parses {@code algorithm:hex}.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("digest: expected sha256:…, found " + quote(text));
    }
    return new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  /** Returns the SHA-256 of {@code content}. */
  public static Digest sha256(byte[] content) {
    return of(hasher("sha256").digest(content));
  }

  /** Returns the SHA-256 of {@code content}, which is read once. */
  public static Digest sha256(Content content) throws IOException {
    return of("sha256", content);
  }

  /**
   * Returns the digest of {@code content}, which is read once.
   *
   * @throws IllegalArgumentException if digests have no such algorithm
   */
  public static Digest of(String algorithm, Content content) throws IOException {
    MessageDigest hasher = hasher(algorithm);
    content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), hasher));
    return of(hasher.digest());
  }

  /** Returns the SHA-256 of {@code text} in UTF-8. */
  public static Digest sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the digest whose value is {@code hash}, as {@link MessageDigest#digest()} gives it: 32
   * bytes are a SHA-256, 48 a SHA-384, 64 a SHA-512.
   *
   * @throws IllegalArgumentException if it is of another length
   */
  public static Digest of(byte[] hash) {
    String algorithm =
        switch (hash.length) {
          case 48 -> "sha384";
          case 64 -> "sha512";
          default -> "sha256"; // which of another length isn't one, and is refused
        };
    return new Digest(algorithm, toHex(hash));
  }

  /**
   * Returns the chain ID of a tree: the name of the result of laying these layers over each other.
   *
   * @param diffIds at least one, the lowest first
   * @see <a
   *     href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#layer-chainid">OCI
   *     ChainID</a>
   */
  public static Digest chainId(List<Digest> diffIds) {
    return chainIds(diffIds).get(diffIds.size() - 1);
  }

  /** Returns the {@linkplain #chainId chain ID} of each prefix of the layers, the lowest first. */
  public static List<Digest> chainIds(List<Digest> diffIds) {
    List<Digest> chain = new ArrayList<>();
    for (Digest diffId : diffIds) {
      chain.add(chain.isEmpty() ? diffId : sha256(chain.get(chain.size() - 1) + " " + diffId));
    }
    return List.copyOf(chain);
  }

  /** Returns a hasher of this digest's algorithm, with nothing in it yet. */
  public MessageDigest newHasher() {
    return hasher(algorithm);
  }

  /**
   * Returns a hasher with nothing in it yet.
   *
   * @throws IllegalArgumentException if digests have no such algorithm
   */
  public static MessageDigest hasher(String algorithm) {
    String name =
        switch (algorithm) {
          case "sha256" -> "SHA-256";
          case "sha384" -> "SHA-384";
          case "sha512" -> "SHA-512";
          default -> throw unknown(algorithm);
        };
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no " + name + " in this JVM", e);
    }
  }

  /** Returns the first 12 digits, as Docker shows an ID. */
  public String shortHex() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    int byAlgorithm = algorithm.compareTo(other.algorithm);
    return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
  }

  /** Returns {@code algorithm:hex}. */
  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }

  private static IllegalArgumentException unknown(String algorithm) {
    return new IllegalArgumentException(
        "digest algorithm: expected sha256, sha384 or sha512, found " + quote(algorithm));
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) { // once for each file of a context: no stream
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static String toHex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String quote(String text) {
    return '"' + (text.length() > 150 ? text.substring(0, 150) + "…" : text) + '"';
  }
}
