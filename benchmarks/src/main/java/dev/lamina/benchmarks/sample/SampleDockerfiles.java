// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Dockerfiles of the size and the kind that people write, made of a seed. */
public final class SampleDockerfiles {

  private static final List<String> PARTS =
      List.of(
          """
          # Packages that the build needs
          RUN apt-get update \\
              && apt-get install -y --no-install-recommends \\
                 build-essential \\
                 ca-certificates \\
                 curl \\
                 # for the native extensions
                 libssl-dev pkg-config \\
              && rm -rf /var/lib/apt/lists/*
          """,
          """
          ENV NODE_ENV=production PATH="/app/node_modules/.bin:$PATH" \\
              LANG=C.UTF-8
          WORKDIR /app
          COPY package.json package-lock.json ./
          RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
          """,
          """
          LABEL org.opencontainers.image.title="Shop" \\
                org.opencontainers.image.description="Sells what is in the warehouse" \\
                org.opencontainers.image.source=https://example.com/shop.git
          """,
          """
          COPY --chown=1000:1000 --from=0 /app/build/ /srv/www/
          COPY . .
          RUN ./gradlew --no-daemon assemble
          """,
          """
          RUN <<EOF
          set -eu
          for name in reader writer; do
            adduser --system --no-create-home "$name"
          done
          EOF
          """,
          """
          ARG VERSION=1.4.2
          ARG TARGETARCH
          ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d \\
              https://example.com/releases/tool-${VERSION}-linux-${TARGETARCH}.tar.gz /opt/tool/
          """,
          """
          # How the service is started
          USER 1000:1000
          EXPOSE 8080/tcp 8443
          VOLUME ["/var/lib/shop", "/var/log/shop"]
          HEALTHCHECK --interval=30s --timeout=3s --retries=5 \\
              CMD curl -fsS http://localhost:8080/health || exit 1
          ENTRYPOINT ["/usr/bin/tini", "--", "/app/bin/shop"]
          CMD ["--config", "/etc/shop/config.yaml"]
          """,
          """

          # -----------------------------------------------------------------
          # What is copied here changes rarely; keep it above the sources.
          # -----------------------------------------------------------------

          """);

  private SampleDockerfiles() {}

  /** Returns {@code count} files of about half a kilobyte to four. */
  public static List<String> usual(int count) {
    Random random = new Random(42);
    List<String> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add("# syntax=docker/dockerfile:1\n" + stage(random, "base", 1 + random.nextInt(9)));
    }
    return files;
  }

  /** Returns a file of about {@code size} characters. */
  public static String large(int size) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("# syntax=docker/dockerfile:1\n");
    for (int i = 0; text.length() < size; i++) {
      text.append(stage(random, "stage" + i, 12));
    }
    return text.toString();
  }

  private static String stage(Random random, String name, int parts) {
    StringBuilder text = new StringBuilder();
    text.append("FROM debian:bookworm-slim AS ").append(name).append('\n');
    for (int i = 0; i < parts; i++) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }
}
