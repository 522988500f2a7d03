// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.Images;
import dev.lamina.fs.TreePath;
import dev.lamina.insight.Difference;
import dev.lamina.insight.ImageDiff;
import dev.lamina.insight.ImageReport;
import dev.lamina.insight.Secret;
import dev.lamina.insight.SecretRule;
import dev.lamina.insight.Step;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Asserts what an image is: its files, its layers, how containers are run.
 *
 * <pre>{@code
 * import static dev.lamina.testing.ImageAssert.assertThat;
 *
 * assertThat(image)
 *     .file("/app/app.jar").isOwnedBy(1000).hasMode("0644")
 *     .and().hasNoSetuidFilesBut("/usr/bin/sudo").hasNoFileLargerThan(10_000_000).hasNoSecrets()
 *     .config().hasEntrypoint("java", "-jar", "/app/app.jar").exposes("8080")
 *     .and().lastLayer().touchesNothingOutside("/app");
 * assertThat(builder).isReproducible();
 * }</pre>
 *
 * <p>It needs no test framework: what does not hold throws an {@link AssertionError}, which says
 * what was expected and found, and which step of the build made it so. An image that can't be read
 * throws an {@link java.io.UncheckedIOException}. {@code assertThat} gets along with AssertJ's,
 * imported beside it. Immutable.
 */
public final class ImageAssert {
  private final Image image;
  private final Subject subject;

  private ImageAssert(Image image) {
    this.image = image;
    this.subject = new Subject(image);
  }

  /** Begins to assert something of an image. */
  public static ImageAssert assertThat(Image image) {
    return new ImageAssert(image);
  }

  /** Begins to assert something of what a builder builds. */
  public static BuilderAssert assertThat(ImageBuilder builder) {
    return new BuilderAssert(builder);
  }

  /**
   * Goes on with what is at a path.
   *
   * @param path such as {@code /app/app.jar}, seen from the root
   */
  public FileAssert file(String path) {
    return new FileAssert(this, subject, TreePath.of(path));
  }

  /** Goes on with how containers are run. */
  public ConfigAssert config() {
    return new ConfigAssert(this, subject, image.config());
  }

  /**
   * Goes on with a layer.
   *
   * @param number from 1, the lowest
   */
  public LayerAssert layer(int number) {
    List<Step> layers = layers();
    if (number < 1 || number > layers.size()) {
      throw subject.failure("expected a layer " + number + ", found " + layers.size() + " layers");
    }
    return new LayerAssert(this, subject, layers.get(number - 1));
  }

  /** Goes on with the layer on top. */
  public LayerAssert lastLayer() {
    return layer(layers().size());
  }

  /**
   * Goes on with the layer that an instruction made.
   *
   * @param instruction how it begins, such as {@code COPY app.jar}
   */
  public LayerAssert layerOf(String instruction) {
    for (Step step : layers()) {
      if (step.instruction().startsWith(instruction)) {
        return new LayerAssert(this, subject, step);
      }
    }
    throw subject.failure(
        "expected a layer of " + instruction + ", found",
        layers().stream().map(Step::toString).toList());
  }

  /** Claims how many layers there are, the base's among them. */
  @CanIgnoreReturnValue
  public ImageAssert hasLayers(int count) {
    List<Step> layers = layers();
    if (layers.size() != count) {
      throw subject.failure(
          "expected " + count + " layers, found " + layers.size(),
          layers.stream().map(Step::toString).toList());
    }
    return this;
  }

  /** Claims that all layers together, uncompressed, are not larger than so many bytes. */
  @CanIgnoreReturnValue
  public ImageAssert isNotLargerThan(long bytes) {
    if (image.size() > bytes) {
      throw subject.failure(
          "expected at most " + bytes + " bytes, found " + image.size(),
          layers().stream().map(step -> step.size() + " bytes by " + step).toList());
    }
    return this;
  }

  /** Claims that not more than so many bytes are in layers although nobody can see them. */
  @CanIgnoreReturnValue
  public ImageAssert wastesAtMost(long bytes) {
    ImageReport report = Subject.read(image::report);
    if (report.wastedBytes() > bytes) {
      throw subject.failure(
          "expected at most "
              + bytes
              + " wasted bytes, found "
              + report.wastedBytes()
              + "\n"
              + report.toText());
    }
    return this;
  }

  /** Claims that no file of the image is larger than so many bytes. */
  @CanIgnoreReturnValue
  public ImageAssert hasNoFileLargerThan(long bytes) {
    return AllFiles.none(
        this,
        subject,
        "expected no file larger than " + bytes + " bytes, found",
        (path, file) -> file.size() > bytes,
        file -> "of " + file.size() + " bytes",
        List.of());
  }

  /** Claims that no file but these has the setuid or setgid bit. */
  @CanIgnoreReturnValue
  public ImageAssert hasNoSetuidFilesBut(String... allowed) {
    return AllFiles.none(
        this,
        subject,
        "expected no setuid or setgid file but " + List.of(allowed) + ", found",
        (path, file) -> (file.mode() & 06000) != 0,
        AllFiles::mode,
        List.of(allowed));
  }

  /** Claims that no file has the setuid or setgid bit. */
  @CanIgnoreReturnValue
  public ImageAssert hasNoSetuidFiles() {
    return hasNoSetuidFilesBut();
  }

  /** Claims that no file but these can be written by everybody. */
  @CanIgnoreReturnValue
  public ImageAssert hasNoWorldWritableFilesBut(String... allowed) {
    return AllFiles.none(
        this,
        subject,
        "expected no file but " + List.of(allowed) + " that everybody may write, found",
        (path, file) -> (file.mode() & 0002) != 0,
        AllFiles::mode,
        List.of(allowed));
  }

  /**
   * Claims that nothing looks like a secret: no file of any layer, be it deleted later, no
   * variable, label, command or history entry.
   */
  @CanIgnoreReturnValue
  public ImageAssert hasNoSecrets() {
    return hasNoSecrets(SecretRule.known());
  }

  /** Claims that nothing looks like a secret by rules of your own. */
  @CanIgnoreReturnValue
  public ImageAssert hasNoSecrets(List<SecretRule> rules) {
    return hasNoSecrets(rules, secret -> false);
  }

  /**
   * Claims that nothing looks like a secret by rules of your own, but for what is known to be none.
   */
  @CanIgnoreReturnValue
  public ImageAssert hasNoSecrets(List<SecretRule> rules, Predicate<Secret> harmless) {
    List<String> found =
        Subject.read(() -> image.secrets(rules)).stream()
            .filter(harmless.negate())
            .map(Secret::toString)
            .toList();
    if (!found.isEmpty()) {
      throw subject.failure("expected no secrets, found", found);
    }
    return this;
  }

  /** Claims that another image has the same files, times left out, and is run in the same way. */
  @CanIgnoreReturnValue
  public ImageAssert isLike(Image other) {
    ImageDiff diff = Subject.read(() -> Images.diff(other, image));
    List<Difference> differences =
        diff.of(EnumSet.of(Difference.Kind.CONFIG, Difference.Kind.FILE)).stream()
            .filter(each -> !each.subject().equals("created"))
            .toList();
    if (!differences.isEmpty()) {
      throw subject.failure(
          "expected it to be like "
              + other
              + " (first), found\n"
              + new ImageDiff(differences).toText());
    }
    return this;
  }

  /**
   * Claims that the {@linkplain ImageListing listing} is the one in a file. With {@code
   * -Dlamina.approve=true} the listing is written to the file instead.
   */
  @CanIgnoreReturnValue
  public ImageAssert matches(Path approved) {
    String listing = Subject.read(() -> ImageListing.of(image));
    Subject.read(() -> new Approval(approved).check(listing))
        .ifPresent(
            message -> {
              throw subject.failure(message);
            });
    return this;
  }

  private List<Step> layers() {
    return image.history().stream().filter(step -> !step.isEmptyLayer()).toList();
  }
}
