// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The registry of Debian's package docker-registry, on a port of its own on loopback. */
public final class DockerRegistry implements Closeable {
  /** The user that {@link Setup#withPassword} knows. */
  public static final String USER = "ci";

  /** That user's password. */
  public static final String PASSWORD = "secret";

  private static final String BCRYPT =
      "$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";
  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final int port;
  private final Path data;
  private final Thread drain;

  private DockerRegistry(Process process, int port, Path data, Thread drain) {
    this.process = process;
    this.port = port;
    this.data = data;
    this.drain = drain;
  }

  /** How a registry is started. */
  public record Setup(Path folder, boolean password, Optional<TestAuthority> tls) {
    /** Wants a password, by HTTP Basic. */
    public Setup withPassword() {
      return new Setup(folder, true, tls);
    }

    /** Speaks TLS with a certificate of an authority. */
    public Setup withTls(TestAuthority authority) {
      return new Setup(folder, password, Optional.of(authority));
    }

    /** Starts it; the test is skipped where it isn't installed. */
    public DockerRegistry start() throws IOException {
      return DockerRegistry.start(this);
    }
  }

  /** Returns the setup of a registry that lets everybody in and keeps its data in a folder. */
  public static Setup in(Path folder) {
    return new Setup(folder, false, Optional.empty());
  }

  private static DockerRegistry start(Setup setup) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/docker-registry")), "docker-registry isn't installed");
    Path data = setup.folder().resolve("registry");
    List<String> config = new ArrayList<>();
    config.add("version: 0.1");
    config.add("log: {level: info, accesslog: {disabled: true}}");
    config.add("storage:");
    config.add("  filesystem: {rootdirectory: \"" + data + "\"}");
    config.add("  delete: {enabled: true}");
    config.add("validation: {manifests: {urls: {allow: [\"^https://example\\\\.invalid/\"]}}}");
    config.add("http:");
    config.add("  addr: \"127.0.0.1:0\"");
    config.add("  secret: test");
    if (setup.tls().isPresent()) {
      TestAuthority authority = setup.tls().get();
      config.add("  tls: {certificate: \"" + authority.certificate() + "\",");
      config.add("    key: \"" + authority.key() + "\"}");
    }
    if (setup.password()) {
      Path passwords = setup.folder().resolve("htpasswd");
      Files.writeString(passwords, USER + ":" + BCRYPT + "\n");
      config.add("auth: {htpasswd: {realm: test, path: \"" + passwords + "\"}}");
    }
    Path file = Files.write(setup.folder().resolve("registry.yml"), config);
    Process process =
        new ProcessBuilder("/usr/bin/docker-registry", "serve", file.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader out = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread drain = new Thread(() -> out.lines().forEach(rest -> {}), "registry output");
        drain.setDaemon(true);
        drain.start();
        return new DockerRegistry(process, Integer.parseInt(listening.group(1)), data, drain);
      }
      said.append(line).append('\n');
    }
    throw new IOException("docker-registry ended: " + said);
  }

  /** Returns host and port, as references have it. */
  public String host() {
    return "127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** Returns the digests of all blobs that some repository has, without {@code sha256:}. */
  public List<String> blobs() throws IOException {
    Path blobs = data.resolve("docker/registry/v2/blobs/sha256");
    if (!Files.isDirectory(blobs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.find(blobs, 2, (path, a) -> path.getNameCount() > 0)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.length() == 64)
          .sorted()
          .toList();
    }
  }

  /** Returns what a repository has: the paths of the registry's links, and where they lead. */
  public Map<String, String> contents(String repository) throws IOException {
    Path folder = data.resolve("docker/registry/v2/repositories").resolve(repository);
    Map<String, String> links = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path link : files.filter(file -> file.endsWith("link")).toList()) {
        links.put(folder.relativize(link).toString(), Files.readString(link));
      }
    }
    return links;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      drain.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
