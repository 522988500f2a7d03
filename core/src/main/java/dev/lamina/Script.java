// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.build.BuildException;
import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.ParserOptions;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fetch.GitContext;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import dev.lamina.spi.GitSource;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a builder's instructions stand: in a file, in a context, or in text of its own. */
sealed interface Script
    permits Script.InFile, Script.InText, Script.InContext, Script.InGit, FluentScript {

  /** Reads the instructions; what has to be fetched for that is put into a store. */
  Read read(LocalStore store) throws IOException, InterruptedException;

  /** Returns this with one more instruction at the end. */
  default Script plus(String instruction) {
    throw new IllegalStateException(
        this + ": instructions can't be added to a Dockerfile that is not read yet");
  }

  /**
   * What was read.
   *
   * @param bytes the text
   * @param fileName what it is called
   * @param ignore rules that stand beside it
   */
  @SuppressWarnings("ArrayRecordComponent") // a file's bytes on their way to the parser
  record Read(byte[] bytes, String fileName, Optional<Dockerignore> ignore) {
    Dockerfile parse(ParserOptions options) throws DockerfileSyntaxException {
      return Dockerfile.parse(text(), options.withFileName(fileName));
    }

    String text() {
      return FileNames.decode(bytes);
    }
  }

  /** A file of its own. */
  record InFile(Path path) implements Script {
    @Override
    public Read read(LocalStore store) throws IOException {
      Path ignore = path.resolveSibling(path.getFileName() + ".dockerignore");
      Optional<Dockerignore> rules =
          Files.isRegularFile(ignore)
              ? Optional.of(Dockerignore.parse(Files.readAllBytes(ignore), ignore.toString()))
              : Optional.empty();
      return new Read(Files.readAllBytes(path), String.valueOf(path.getFileName()), rules);
    }
  }

  /** Text, to which lines may be added. */
  record InText(String text) implements Script {
    @Override
    public Read read(LocalStore store) {
      return new Read(text.getBytes(StandardCharsets.UTF_8), "Dockerfile", Optional.empty());
    }

    @Override
    public Script plus(String line) {
      return new InText((text.endsWith("\n") ? text : text + "\n") + line.stripTrailing() + "\n");
    }
  }

  /** A file of a build context. */
  record InContext(BuildContext context, String name) implements Script {
    @Override
    public Read read(LocalStore store) throws IOException, InterruptedException {
      Optional<Content> file = context.file(name);
      if (file.isEmpty()) {
        throw new BuildException(
            name + ": no such file in the build context; say where the Dockerfile is");
      }
      String ignoreName = name + ".dockerignore";
      Optional<Content> ignore = context.file(ignoreName);
      Optional<Dockerignore> rules =
          ignore.isPresent()
              ? Optional.of(Dockerignore.parse(ignore.get().toByteArray(), ignoreName))
              : Optional.empty();
      return new Read(file.get().toByteArray(), name, rules);
    }
  }

  /** A file of a Git repository. */
  record InGit(GitSource repository, String name) implements Script {
    @Override
    public Read read(LocalStore store) throws IOException, InterruptedException {
      GitRepositories repositories = new GitRepositories(() -> store.folder("git"));
      return new InContext(new GitContext(repositories, repository), name).read(store);
    }
  }
}
