// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.Pull;
import dev.lamina.Push;
import dev.lamina.build.RunOptions;
import dev.lamina.build.Secrets;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.Credential;
import dev.lamina.spi.RunEngine;
import java.net.URI;
import java.nio.file.Path;

/** What docs show that needs a registry or an engine: compiled here, run by core's own tests. */
final class RegistryExamples {
  private RegistryExamples() {}

  static void pull(ImageStore store, String token) throws Exception {
    Image debian = store.pull("debian:bookworm");
    Image arm =
        store.pull(
            Pull.of("registry.example:5000/shop/base:2")
                .platform("linux/arm64")
                .credential(new Credential.Basic("ci", token))
                .registry(options -> options.withCaCertificates(Path.of("ca.pem"))));
    System.out.println(debian + " " + arm);
  }

  static void push(ImageStore store, String token) throws Exception {
    store.push("registry.example:5000/shop/app:1.4");
    store.push(
        Push.of("shop/app:1.4")
            .to("registry.example:5000/shop/app:1.4")
            .credential(new Credential.Basic("ci", token))
            .compression(CompressionOptions.zstd(3))
            .withSbom());
  }

  static Image build(ImageStore store) throws Exception {
    return ImageBuilder.fromDockerfile(Path.of("Dockerfile"))
        .store(store)
        .pullMissing(
            pull ->
                pull.registry(
                    options ->
                        options.withMirror("docker.io", URI.create("https://mirror.example"))))
        .build();
  }

  static Image buildWithSecret(ImageStore store) throws Exception {
    return ImageBuilder.fromDockerfile(Path.of("Dockerfile"))
        .store(store)
        .secrets(Secrets.none().withFile("npmrc", Path.of(".npmrc")))
        .runOptions(RunOptions.defaults().withExtraHost("db", "10.0.0.7"))
        .build();
  }

  static Image buildWith(String engineName, ImageStore store) throws Exception {
    RunEngine engine = RunEngines.host().require(engineName);
    return ImageBuilder.fromDockerfile(Path.of("Dockerfile")).engine(engine).store(store).build();
  }
}
