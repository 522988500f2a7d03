// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.launcher;

import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.NamedImage;
import dev.lamina.build.BuildException;
import dev.lamina.build.BuildRequest;
import dev.lamina.build.DockerfileBuilder;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.event.BuildListener;
import dev.lamina.event.PlainListener;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The main class behind {@code benchmarks/bin/lamina-build}. */
public final class BuildLauncher {
  private final LauncherOptions options;
  private final PrintStream err;

  private BuildLauncher(LauncherOptions options, PrintStream err) {
    this.options = options;
    this.err = err;
  }

  /** Builds what the arguments say; exits 1 if that fails and 2 if they can't be understood. */
  public static void main(String[] arguments) {
    int status = run(List.of(arguments), System.out, System.err);
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status); // there is nothing to wait for, and it is faster than exit
  }

  /**
   * Builds what the arguments say, and prints the image's ID.
   *
   * @return 0 if that went well, 1 if not, 2 if the arguments can't be understood
   */
  public static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      LauncherOptions options = LauncherOptions.parse(arguments);
      out.println(new BuildLauncher(options, err).build());
      return 0;
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.print(LauncherOptions.USAGE);
      return 2;
    } catch (BuildException e) {
      err.print(e.report());
    } catch (DockerfileSyntaxException e) {
      err.println(e.snippet() + "ERROR: " + e.problem());
    } catch (IOException e) {
      err.println("ERROR: " + e);
    } catch (InterruptedException e) {
      err.println("ERROR: interrupted");
    }
    return 1;
  }

  private String build() throws IOException, InterruptedException {
    try (LocalStore store = openStore()) {
      ArchivedImages images = new ArchivedImages(store, options.bases());
      for (Path archive : options.archives()) {
        images.load(archive);
      }
      BuildRequest request = options.request(Dockerfile.parse(options.dockerfile()));
      StoredImage image =
          new DockerfileBuilder(store, images).build(request.withListener(listener()));
      if (options.out().isPresent()) {
        DockerArchive.at(options.out().get())
            .write(store, List.of(new NamedImage(image.manifestDescriptor(), options.names())));
      }
      return image.id().toString();
    }
  }

  private LocalStore openStore() throws IOException {
    return options.store().isPresent()
        ? LocalStore.open(options.store().get())
        : LocalStore.inMemory();
  }

  private BuildListener listener() {
    return switch (options.progress()) {
      case "none" -> BuildListener.none();
      default -> new PlainListener(err);
    };
  }
}
