// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.fs.Node;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COPY --parents out of a folder, of which only what is needed is read. */
class CopyParentsTest {
  @TempDir Path context;

  @BeforeEach
  void makeContext() throws IOException {
    for (String file : List.of("top.txt", "a/one.txt", "a/b/two.txt", "a/b/two.md", "c/three.md")) {
      Path path = context.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file);
    }
  }

  private List<String> copied(String sources) throws Exception {
    try (LocalStore store = LocalStore.inMemory()) {
      List<String> files = new ArrayList<>();
      new DockerfileBuilder(store, new StoreImages(store))
          .build(
              BuildRequest.of(
                      Dockerfile.parse("FROM scratch\nCOPY --parents " + sources + " /out/\n"))
                  .withContext(BuildContext.folder(context)))
          .tree()
          .forEach(
              (path, node) -> {
                if (node instanceof Node.File) {
                  files.add(path.toString().substring("/out/".length()));
                }
              });
      return files;
    }
  }

  @Test
  void twoStarsStandForAnyNumberOfDirectories() throws Exception {
    assertThat(copied("**/*.txt")).containsExactly("a/b/two.txt", "a/one.txt", "top.txt");
    assertThat(copied("a/./**/two.*")).containsExactly("b/two.md", "b/two.txt");
    assertThat(copied("**/b")).containsExactly("a/b/two.md", "a/b/two.txt");
  }

  @Test
  void wildcardsBeforeThePivotChooseWhereToLookAndThoseBehindItWhatToTake() throws Exception {
    assertThat(copied("[ac]/./*.md")).containsExactly("three.md");
    assertThat(copied("?/./b/*.txt")).containsExactly("b/two.txt");
  }
}
