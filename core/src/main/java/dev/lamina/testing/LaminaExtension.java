// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.build.BuildException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import javax.annotation.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives tests of JUnit 5 and 6 an image, built once a class in a store that is gone after it.
 *
 * <pre>{@code
 * @ExtendWith(LaminaExtension.class)
 * @BuiltFrom("src/main/docker/Dockerfile")
 * class DockerfileTest {
 *   @Test
 *   void runsAsTheShop(Image image) {
 *     assertThat(image).config().hasUser("1000");
 *   }
 * }
 * }</pre>
 *
 * <p>A parameter of type {@link Image} gets what {@link BuiltFrom} says, at the parameter or at the
 * class; one of type {@link ImageStore} the store it is in. What an annotation can't say, a
 * function can:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LaminaExtension LAMINA = LaminaExtension.building(store ->
 *     ImageBuilder.fromDockerfile(Path.of("Dockerfile")).engine(engine));
 * }</pre>
 *
 * <p>If a test fails, the log of the builds stands below its stack trace, as a suppressed
 * exception. Needs {@code junit-jupiter-api} 5.10 or newer; the rest of Lamina doesn't. Safe for
 * tests that run in parallel.
 */
public final class LaminaExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        AfterEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler {
  private static final String KEY = "images";

  private final ExtensionContext.Namespace namespace =
      ExtensionContext.Namespace.create(LaminaExtension.class, this);
  private final @Nullable Recipe recipe;

  /** Gives the builder of a test's image. */
  @FunctionalInterface
  public interface Recipe {
    /**
     * Returns the builder.
     *
     * @param store which the image will be built in; what the builder needs can be loaded there
     */
    ImageBuilder in(ImageStore store) throws IOException, InterruptedException;
  }

  /** Makes an extension that builds what annotations say. */
  public LaminaExtension() {
    this(null);
  }

  private LaminaExtension(@Nullable Recipe recipe) {
    this.recipe = recipe;
  }

  /**
   * Makes an extension that builds what a function gives, where no {@link BuiltFrom} says
   * otherwise.
   */
  public static LaminaExtension building(Recipe recipe) {
    return new LaminaExtension(recipe);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    TestImages ignored = images(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ImageStore.class || type == Image.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestImages images = images(context);
    return parameter.getParameter().getType() == ImageStore.class
        ? images.store()
        : image(images, parameter, context);
  }

  private Image image(TestImages images, ParameterContext parameter, ExtensionContext context) {
    Optional<BuiltFrom> from =
        parameter.findAnnotation(BuiltFrom.class).or(() -> ofClass(context.getRequiredTestClass()));
    Recipe own = recipe;
    try {
      if (from.isPresent()) {
        return images.image(from.get(), store -> TestImages.builder(from.get(), store));
      }
      if (own == null) {
        throw new ParameterResolutionException(
            "an Image parameter needs @BuiltFrom, at itself or at its class");
      }
      return images.image(this, own);
    } catch (BuildException e) {
      throw new ParameterResolutionException(e.report() + images.log(), e);
    } catch (NoSuchFileException e) {
      throw new ParameterResolutionException(
          "no image could be built: no such file: " + Path.of(e.getFile()).toAbsolutePath(), e);
    } catch (IOException e) {
      throw new ParameterResolutionException("no image could be built: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ParameterResolutionException("interrupted while an image was built", e);
    }
  }

  /** Looks for the annotation at a class, and at those it is nested in. */
  private static Optional<BuiltFrom> ofClass(Class<?> test) {
    for (Class<?> each = test; each != null; each = each.getEnclosingClass()) {
      BuiltFrom from = each.getAnnotation(BuiltFrom.class);
      if (from != null) {
        return Optional.of(from);
      }
    }
    return Optional.empty();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    String log = images(context).log();
    boolean shown =
        failure instanceof ParameterResolutionException
            && failure.getCause() instanceof BuildException;
    if (!shown && !log.isEmpty()) {
      failure.addSuppressed(new BuildLog(log));
    }
    throw failure;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    close(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    close(context);
  }

  /** Returns the images of the class, or of the test if the extension is registered for it only. */
  private synchronized TestImages images(ExtensionContext context) {
    ExtensionContext.Store values = context.getStore(namespace);
    TestImages images = values.get(KEY, TestImages.class);
    if (images == null) {
      images = new TestImages();
      values.put(KEY, images);
    }
    return images;
  }

  /** Closes the images that were put into this context, not those of one around it. */
  private synchronized void close(ExtensionContext context) throws IOException {
    TestImages images = context.getStore(namespace).remove(KEY, TestImages.class);
    if (images != null) {
      images.close();
    }
  }
}
