// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The flags of an instruction.
 *
 * <pre>{@code
 * builder
 *     .copy(List.of("app.jar"), "/app/", Flags.none().chown("app:app").chmod("0640"))
 *     .run("mvn package", Flags.none().mount("type=cache,target=/root/.m2"))
 *     .healthcheck("curl -f localhost", Flags.none().interval(Duration.ofSeconds(30)).retries(3));
 * }</pre>
 *
 * <p>Each method names the instructions that take the flag; with another, the build fails as it
 * does for a Dockerfile. Immutable: each gives other flags.
 */
public final class Flags {
  private static final Flags NONE = new Flags(List.of());

  private final List<String> words;

  private Flags(List<String> words) {
    this.words = List.copyOf(words);
  }

  /** Returns no flags. */
  public static Flags none() {
    return NONE;
  }

  private Flags with(String name, String value) {
    return with("--" + name + "=" + word(value));
  }

  private Flags with(String word) {
    List<String> more = new ArrayList<>(words);
    more.add(word);
    return new Flags(more);
  }

  private static String word(String value) {
    boolean plain = !value.matches("(?s).*[\\s\"'\\\\].*");
    return plain ? value : Words.quoted(value);
  }

  /** {@code --from} of COPY: a stage, a named context or an image. */
  public Flags from(String source) {
    return with("from", source);
  }

  /** {@code --chown} of COPY and ADD: {@code user}, {@code user:group}, by name or number. */
  public Flags chown(String owner) {
    return with("chown", owner);
  }

  /** {@code --chmod} of COPY and ADD: {@code 0755} or {@code u+x,go=rX}. */
  public Flags chmod(String mode) {
    return with("chmod", mode);
  }

  /** {@code --link} of COPY and ADD. */
  public Flags link() {
    return with("--link");
  }

  /** {@code --parents} of COPY: keeps the sources' directories. */
  public Flags parents() {
    return with("--parents");
  }

  /** {@code --exclude} of COPY and ADD; may be given several times. */
  public Flags exclude(String pattern) {
    return with("exclude", pattern);
  }

  /** {@code --checksum} of ADD: what a download must be. */
  public Flags checksum(String digest) {
    return with("checksum", digest);
  }

  /** {@code --keep-git-dir} of ADD. */
  public Flags keepGitDir() {
    return with("keep-git-dir", "true");
  }

  /** {@code --unpack} of ADD: whether an archive stands for what is in it. */
  public Flags unpack(boolean unpacked) {
    return with("unpack", String.valueOf(unpacked));
  }

  /** {@code --mount} of RUN, such as {@code type=cache,target=/root/.m2}; may be given often. */
  public Flags mount(String mount) {
    return with("mount", mount);
  }

  /** {@code --network} of RUN: {@code default}, {@code none} or {@code host}. */
  public Flags network(String mode) {
    return with("network", mode);
  }

  /** {@code --security} of RUN: {@code sandbox} or {@code insecure}. */
  public Flags security(String mode) {
    return with("security", mode);
  }

  /** {@code --device} of RUN. */
  public Flags device(String device) {
    return with("device", device);
  }

  /** {@code --interval} of HEALTHCHECK: time between two checks, at least a millisecond. */
  public Flags interval(Duration time) {
    return with("interval", time.toMillis() + "ms");
  }

  /** {@code --timeout} of HEALTHCHECK: how long a check may take. */
  public Flags timeout(Duration time) {
    return with("timeout", time.toMillis() + "ms");
  }

  /** {@code --start-period} of HEALTHCHECK: how long failures don't count. */
  public Flags startPeriod(Duration time) {
    return with("start-period", time.toMillis() + "ms");
  }

  /** {@code --start-interval} of HEALTHCHECK: time between two checks in the start period. */
  public Flags startInterval(Duration time) {
    return with("start-interval", time.toMillis() + "ms");
  }

  /** {@code --retries} of HEALTHCHECK: how many failures in a row make it unhealthy. */
  public Flags retries(int times) {
    return with("retries", String.valueOf(times));
  }

  /** Returns the flags as they stand behind a keyword, each with a blank before. */
  String text() {
    return words.isEmpty() ? "" : " " + String.join(" ", words);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Flags flags && words.equals(flags.words);
  }

  @Override
  public int hashCode() {
    return words.hashCode();
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
