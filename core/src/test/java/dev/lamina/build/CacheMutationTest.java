// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.Mount;
import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.Ulimit;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cache never answers for another build: whatever one thing is changed, what comes of a build
 * with the cache of the build before is what comes of it without any.
 */
class CacheMutationTest {
  private static final Instant EPOCH = Instant.ofEpochSecond(1_000_000_000);

  private static final String CONTEXT =
      """
      file 0644 a a
      file 0644 b b
      dir 0755 d
      file 0600 d/f f
      file 0644 d/g g
      link l a
      hard h a
      tar t.tar
        file 0644 1:2 in/x x
      """;

  private static final String BASE =
      """
      FROM scratch
      COPY <<passwd <<group /etc/
      app:x:7:8::/:
      other:x:9:10::/:
      passwd
      staff:x:50:
      crew:x:51:
      group
      ENV INHERITED=yes
      """;

  /** Two builds that differ in one thing. */
  private record Change(String name, Side before, Side after) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Side(String base, String dockerfile, String context, Options options) {}

  private interface Options extends UnaryOperator<BuildRequest> {}

  private static BuildRequest none(BuildRequest request) {
    return request;
  }

  private static Change lines(String before, String after) {
    return new Change(before + " | " + after, side(before), side(after));
  }

  private static Side side(String dockerfile) {
    return new Side(
        BASE, "FROM base\n" + dockerfile + "\nRUN last\n", CONTEXT, CacheMutationTest::none);
  }

  private static Change context(String before, String after) {
    return context("COPY . /c/", before, after);
  }

  private static Change context(String copy, String before, String after) {
    Side side = side(copy);
    assertThat(CONTEXT).contains(before);
    String changed = CONTEXT.replace(before, after);
    Side other = new Side(BASE, side.dockerfile, changed, CacheMutationTest::none);
    return new Change("context: " + copy + " " + before + " | " + after, side, other);
  }

  private static Change base(String before, String after) {
    Side side = side("COPY --chown=app:staff a /\nWORKDIR /w\nRUN --mount=from=base,target=/m x");
    return new Change(
        "base: " + before + " | " + after,
        new Side(BASE + before + "\n", side.dockerfile, CONTEXT, CacheMutationTest::none),
        new Side(BASE + after + "\n", side.dockerfile, CONTEXT, CacheMutationTest::none));
  }

  private static Change options(String name, String lines, Options before, Options after) {
    Side side = side(lines);
    return new Change(
        "options: " + name,
        new Side(BASE, side.dockerfile, CONTEXT, before),
        new Side(BASE, side.dockerfile, CONTEXT, after));
  }

  static Stream<Change> changes() {
    List<Change> all = new ArrayList<>();
    String[][] pairs = {
      {"COPY a /x", "COPY b /x"},
      {"COPY a /x", "COPY a /y"},
      {"COPY a /x", "COPY a /x/"},
      {"COPY a /x", "ADD a /x"},
      {"COPY a b /x/", "COPY b a /x/"},
      {"COPY a b /x", "COPY b a /x"},
      {"COPY a /x", "COPY --chown=1 a /x"},
      {"COPY --chown=1 a /x", "COPY --chown=2 a /x"},
      {"COPY --chown=app a /x", "COPY --chown=other a /x"},
      {"COPY --chown=app:staff a /x", "COPY --chown=app:crew a /x"},
      {"COPY a /x", "COPY --chmod=600 a /x"},
      {"COPY --chmod=600 a /x", "COPY --chmod=0640 a /x"},
      {"COPY --chmod=u+x a /x", "COPY --chmod=g+x a /x"},
      {"COPY d /x", "COPY --exclude=f d /x"},
      {"COPY --exclude=f d /x", "COPY --exclude=g d /x"},
      {"COPY d/f /x/", "COPY --parents d/f /x/"},
      {"COPY --parents d/f /x/", "COPY --parents d/./f /x/"},
      {"COPY d /x/", "COPY d/* /x/"},
      {"COPY l /x/", "COPY a /x/"},
      {"COPY a h /x/", "COPY a b /x/"},
      {"COPY <<EOF /x\none\nEOF", "COPY <<EOF /x\ntwo\nEOF"},
      {"COPY <<one /x/\nbody\none", "COPY <<two /x/\nbody\ntwo"},
      {"ENV V=1\nCOPY <<EOF /x\n$V\nEOF", "ENV V=2\nCOPY <<EOF /x\n$V\nEOF"},
      {"ENV V=1\nCOPY <<EOF /x\n$V\nEOF", "ENV V=1\nCOPY <<'EOF' /x\n$V\nEOF"},
      {"ENV V=a\nCOPY $V /x", "ENV V=b\nCOPY $V /x"},
      {"WORKDIR /p\nCOPY a x", "WORKDIR /q\nCOPY a x"},
      {"ADD t.tar /x", "COPY t.tar /x"},
      {"ADD t.tar /x", "ADD --unpack=false t.tar /x"},
      {"ADD t.tar /x", "ADD --chown=3 t.tar /x"},
      {"WORKDIR /p", "WORKDIR /q"},
      {"USER app\nWORKDIR /p", "USER other\nWORKDIR /p"},
      {"USER app\nWORKDIR /p", "USER app:crew\nWORKDIR /p"},
      {"USER app", "USER other"},
      {"USER app", "USER app:staff"},
      {"RUN one", "RUN two"},
      {"RUN one", "RUN  one "},
      {"RUN one", "RUN [\"one\"]"},
      {"RUN [\"a\", \"b\"]", "RUN [\"a b\"]"},
      {"RUN <<EOF\none\nEOF", "RUN <<EOF\ntwo\nEOF"},
      {"RUN <<EOF\n#!/x\none\nEOF", "RUN <<EOF\n#!/y\none\nEOF"},
      {"SHELL [\"a\"]", "SHELL [\"b\"]"},
      {"SHELL [\"a\", \"b\"]", "SHELL [\"a b\"]"},
      {"ENV A=1", "ENV A=2"},
      {"ENV A=1", "ENV B=1"},
      {"ENV A=1 B=2", "ENV A=1B=2"},
      {"ARG A=1", "ARG A=2"},
      {"ARG A=1", "ENV A=1"},
      {"ARG A", "ARG A="},
      {"RUN x", "RUN --network=none x"},
      {"RUN x", "RUN --security=insecure x"},
      {"RUN --mount=type=bind,target=/m x", "RUN --mount=type=bind,target=/n x"},
      {"RUN --mount=target=/m,source=d x", "RUN --mount=target=/m,source=a x"},
      {"RUN --mount=target=/m x", "RUN --mount=target=/m,rw x"},
      {"RUN --mount=target=/m x", "RUN --mount=target=/m,from=base x"},
      {"RUN --mount=type=cache,target=/m x", "RUN --mount=type=cache,target=/n x"},
      {"RUN --mount=type=cache,target=/m x", "RUN --mount=type=cache,target=/m,id=other x"},
      {"RUN --mount=type=cache,target=/m x", "RUN --mount=type=tmpfs,target=/m x"},
      {"RUN --mount=type=tmpfs,target=/m x", "RUN --mount=type=tmpfs,target=/m,size=9 x"},
      {"RUN --mount=type=secret,id=s x", "RUN --mount=type=secret,id=s,target=/t x"},
      {"RUN --mount=type=secret,id=s x", "RUN --mount=type=secret,id=s,env=S x"},
      {"RUN --mount=type=secret,id=s x", "RUN --mount=type=secret,id=s,mode=0444 x"},
      {"RUN --mount=type=secret,id=s x", "RUN --mount=type=secret,id=s,uid=5 x"},
      {"RUN --mount=type=cache,target=/m x", "RUN --mount=type=cache,target=/m,uid=5 x"},
      {"RUN --mount=type=cache,target=/m x", "RUN --mount=type=cache,target=/m,mode=0700 x"},
      {"RUN --mount=type=cache,target=/m x", "RUN --mount=type=cache,target=/m,ro x"},
      {"CMD a", "CMD b"},
      {"CMD a", "CMD [\"a\"]"},
      {"ENTRYPOINT a", "ENTRYPOINT b"},
      {"ENTRYPOINT [\"a\"]", "CMD [\"a\"]"},
      {"HEALTHCHECK CMD a", "HEALTHCHECK CMD b"},
      {"HEALTHCHECK CMD a", "HEALTHCHECK --interval=9s CMD a"},
      {"HEALTHCHECK CMD a", "HEALTHCHECK NONE"},
      {"HEALTHCHECK --timeout=9s CMD a", "HEALTHCHECK --start-period=9s CMD a"},
      {"HEALTHCHECK --retries=1 CMD a", "HEALTHCHECK --retries=2 CMD a"},
      {"LABEL a=1", "LABEL a=2"},
      {"LABEL a=1 b=2", "LABEL b=2 a=1"},
      {"EXPOSE 80", "EXPOSE 81"},
      {"EXPOSE 80", "EXPOSE 80/udp"},
      {"VOLUME /v", "VOLUME /w"},
      {"STOPSIGNAL 9", "STOPSIGNAL 15"},
      {"MAINTAINER a", "MAINTAINER b"},
      {"ONBUILD RUN a", "ONBUILD RUN b"},
      {"ONBUILD ENV A=1", "ENV A=1"},
      {"RUN one\nRUN two", "RUN two\nRUN one"},
      {"COPY a /x\nRUN one", "RUN one\nCOPY a /x"},
    };
    for (String[] pair : pairs) {
      all.add(lines(pair[0], pair[1]));
    }
    all.add(context("file 0644 a a", "file 0644 a A"));
    all.add(context("file 0644 a a", "file 0755 a a"));
    all.add(context("file 0644 a a", "file 4644 a a"));
    all.add(context("dir 0755 d", "dir 0700 d"));
    all.add(context("link l a", "link l b"));
    all.add(context("link l a", "file 0777 l a"));
    all.add(context("file 0600 d/f f", "file 0600 d/e f"));
    all.add(context("file 0600 d/f f\n", ""));
    all.add(context("COPY --link . /c/", "file 0644 b b", "file 0644 b B"));
    all.add(context("COPY d* /c/", "file 0644 d/g g", "file 0644 d/g G"));
    all.add(context("COPY --parents **/g /c/", "file 0644 d/g g", "file 0644 d/k/g g"));
    all.add(context("COPY l /c", "file 0644 a a", "file 0644 a A"));
    all.add(context("ADD t.tar /c", "file 0644 1:2 in/x x", "file 0644 1:3 in/x x"));
    all.add(context("RUN --mount=target=/m x", "file 0644 b b", "file 0644 b B"));
    all.add(context("RUN --mount=target=/m,source=d x", "file 0600 d/f f", "file 0644 d/f f"));
    all.add(base("", "COPY <<EOF /new\nx\nEOF"));
    all.add(base("COPY <<EOF /etc/passwd\napp:x:1:2::/:\nEOF", "RUN other"));
    all.add(base("ENV B=1", "ENV B=2"));
    all.add(base("WORKDIR /p", "WORKDIR /q"));
    all.add(base("USER app", "USER other"));
    all.add(base("SHELL [\"a\"]", "SHELL [\"b\"]"));
    all.add(base("HEALTHCHECK CMD a", "HEALTHCHECK CMD b"));
    all.add(base("ONBUILD RUN a", "ONBUILD RUN b"));
    all.add(base("ONBUILD ENV A=1", "ONBUILD ENV A=2"));
    all.add(base("CMD a", "CMD b"));
    all.add(
        options(
            "a build argument",
            "ARG A=0",
            request -> request.withArgument("A", "1"),
            request -> request.withArgument("A", "2")));
    all.add(
        options(
            "the source date",
            "COPY <<EOF /x\nx\nEOF",
            request -> request,
            request -> request.withEpoch(EPOCH.plusSeconds(9))));
    all.add(
        options(
            "the platform",
            "ARG TARGETARCH\nRUN x",
            request -> request.withPlatform(Platform.of("linux", "amd64")),
            request -> request.withPlatform(Platform.of("linux", "386"))));
    all.add(
        options(
            "the host name",
            "RUN x",
            request -> request.withArgument("BUILDKIT_SANDBOX_HOSTNAME", "one"),
            request -> request.withArgument("BUILDKIT_SANDBOX_HOSTNAME", "two")));
    RunOptions defaults = RunOptions.defaults().allowingInsecure();
    for (RunOptions changed :
        List.of(
            defaults.withHostname("other"),
            defaults.withExtraHost("other", "127.0.0.9"),
            defaults.withUlimit(new Ulimit("nofile", 64, 64)),
            defaults.withShmSize(1 << 20),
            defaults.withNetwork(NetworkMode.NONE))) {
      all.add(
          options(
              changed.toString(),
              "RUN x",
              request -> request.withRunOptions(defaults),
              request -> request.withRunOptions(changed)));
    }
    return all.stream();
  }

  /** What a RUN leaves: all that it was told. */
  private static final RunEngines ENGINE =
      RunEngines.of(
          List.of(
              new LambdaEngine(
                  (process, files) -> {
                    Path file = files.getPath("/ran-" + LambdaEngine.line(process).hashCode());
                    Files.writeString(file, told(process));
                    Files.setLastModifiedTime(file, FileTime.from(EPOCH));
                  })));

  private static String told(ProcessSpec process) {
    return String.join(
        "\n",
        process.argv().toString(),
        process.env().toString(),
        process.secretEnv().keySet().toString(),
        process.workingDirectory(),
        process.user().toString(),
        process.network().toString(),
        process.security().toString(),
        process.hostname(),
        process.extraHosts().toString(),
        process.ulimits().toString(),
        process.shmSize().toString(),
        process.mounts().stream().map(CacheMutationTest::seen).toList().toString());
  }

  private static String seen(Mount mount) {
    if (mount instanceof Mount.Bind bind) {
      StringBuilder files = new StringBuilder(bind.target() + " " + bind.writable());
      bind.from()
          .tree()
          .forEach(
              (path, node) -> {
                if (path.startsWith(TreePath.of(bind.source()))) {
                  files.append('\n').append(path).append(' ').append(node.mode());
                  files.append(node instanceof Node.File file ? text(file) : "");
                }
              });
      return files.toString();
    }
    return mount instanceof Mount.Secret secret
        ? secret.target() + " " + secret.mode() + " " + secret.uid()
        : mount.toString();
  }

  private static String text(Node.File file) {
    try {
      return new String(file.content().toByteArray(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangedBuildIsWhatItIsWithoutCache(Change change) throws Exception {
    try (LocalStore used = LocalStore.inMemory();
        LocalStore fresh = LocalStore.inMemory()) {
      StoredImage before = build(used, change.before);
      StoredImage withCache = build(used, change.after);
      assertThat(everything(withCache)).isEqualTo(everything(build(fresh, change.after)));
      assertThat(build(used, change.before).id()).as("and back").isEqualTo(before.id());
    }
  }

  /** More than the listing says is in the ID, but what differs is seen here. */
  private static List<String> everything(StoredImage image) throws IOException {
    List<String> lines = ImageListing.of(image);
    lines.add(new String(image.config().raw(), UTF_8));
    return lines;
  }

  private static StoredImage build(LocalStore store, Side side) throws Exception {
    StoredImage base = build(store, side.base, side, side.options, "base");
    assertThat(base.layers()).isNotEmpty();
    return build(store, side.dockerfile, side, side.options, "image");
  }

  private static StoredImage build(
      LocalStore store, String dockerfile, Side side, Options options, String name)
      throws Exception {
    return new DockerfileBuilder(store, new StoreImages(store))
        .build(
            options.apply(
                BuildRequest.of(Dockerfile.parse(dockerfile))
                    .withContext(BuildContext.of(files(side.context)))
                    .withSecrets(Secrets.none().withValue("s", "secret".getBytes(UTF_8)))
                    .withEngines(ENGINE)
                    .withEpoch(EPOCH)
                    .withReproducible()
                    .withRunOptions(RunOptions.defaults().allowingInsecure())
                    .withName(ImageReference.parse(name))));
  }

  private static FileTree files(String listing) throws IOException {
    return ContextListing.tree(listing, EPOCH);
  }
}
