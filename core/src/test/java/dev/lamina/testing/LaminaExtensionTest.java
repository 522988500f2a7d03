// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import static dev.lamina.testing.ImageAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lamina.Image;
import dev.lamina.ImageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

@ExtendWith({LaminaExtensionTest.Failures.class, LaminaExtension.class})
@BuiltFrom(
    text = "FROM scratch\nARG NAME\nLABEL name=$NAME\nCOPY <<EOF /a\nhello\nEOF\n",
    args = "NAME=shop")
class LaminaExtensionTest {
  private static final List<Image> SEEN = new ArrayList<>();

  /** Hears of a failure last, and lets the one that is meant pass if the build log is with it. */
  static final class Failures implements TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      boolean shown =
          failure.getSuppressed().length == 1
              && failure.getSuppressed()[0].getMessage().contains("#1 [1/1] COPY <<EOF /a");
      boolean unbuilt =
          failure.getMessage() != null
              && failure.getMessage().contains("\"/nope\": not found")
              && failure.getMessage().contains("COPY <<EOF /a")
              && failure.getSuppressed().length == 0;
      boolean misnamed =
          failure instanceof ParameterResolutionException
              && failure
                  .getMessage()
                  .endsWith("no such file: " + Path.of("not/Here").toAbsolutePath());
      if (!unbuilt && !misnamed && (!(failure instanceof Meant) || !shown)) {
        throw failure;
      }
    }
  }

  private static final class Meant extends AssertionError {
    private static final long serialVersionUID = 1;
  }

  @RepeatedTest(3)
  void theImageIsBuiltOnceAClass(Image image) {
    assertThat(image).config().hasLabel("name", "shop").and().file("/a").hasContent("hello\n");
    SEEN.add(image);
    SEEN.forEach(seen -> assertSame(image, seen));
  }

  @Test
  void theStoreHasTheImage(ImageStore store, Image image) throws IOException {
    assertEquals(image, store.image(image.id().toString()));
  }

  @Test
  void aParameterMayHaveAnImageOfItsOwn(
      @BuiltFrom(text = "FROM scratch\nUSER 7\n") Image own, Image image) {
    assertThat(own).config().hasUser("7");
    assertNotEquals(own, image);
  }

  @Test
  void aFailureShowsTheBuildLog(Image image) {
    assertThat(image).hasLayers(1);
    throw new Meant();
  }

  /** The parameter's exception is one that is meant, above. */
  @Test
  void aDockerfileThatIsNotThereIsNamedInFull(@BuiltFrom("not/Here") Image image) {
    throw new IllegalStateException("expected no image, found " + image);
  }

  /** The parameter's exception, which holds the log once, is one that is meant, above. */
  @Test
  void aBuildThatFailsShowsItsLogOnce(
      Image built, @BuiltFrom(text = "FROM scratch\nCOPY nope /\n") Image image) {
    throw new IllegalStateException("expected no image, found " + image);
  }

  @Nested
  class InANestedClass {
    @Test
    void theImageIsThatOfTheClassAround(Image image) {
      assertThat(image).config().hasLabel("name", "shop");
    }
  }
}
