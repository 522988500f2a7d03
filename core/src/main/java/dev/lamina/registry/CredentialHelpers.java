// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import dev.lamina.spi.Credential;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Asks the programs that keep credentials for Docker: {@code docker-credential-NAME get}. A helper
 * that is named and can't be asked is an error: going on without it could send other credentials
 * (CVE-2021-41092).
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers">the protocol</a>
 */
final class CredentialHelpers {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final int MAX_ANSWER = 1 << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Map<String, String> environment;

  /** The helpers get this environment and are looked for along its PATH. */
  CredentialHelpers(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Asks one helper; {@code where} says who names it. */
  Optional<Credential> get(String helper, String serverUrl, String where) throws IOException {
    if (!NAME.matcher(helper).matches()) {
      throw new RegistryException(
          where + ": expected the name of a helper, found \"" + helper + '"');
    }
    String program = "docker-credential-" + helper;
    Process process = start(program, where);
    try {
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(serverUrl.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It may end without reading; its exit code tells.
      }
      byte[] answer = answer(process, program);
      if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new RegistryException(program + ": expected an answer in 60 s, found none");
      }
      return process.exitValue() == 0
          ? credential(answer, program)
          : none(answer, program, process.exitValue());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException(program).initCause(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(String program, String where) throws RegistryException {
    ProcessBuilder builder = new ProcessBuilder(find(program), "get");
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new RegistryException(
          where + ": expected the program " + program + " on the PATH, found none that starts", e);
    }
  }

  private String find(String program) {
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      File file = new File(folder, program);
      if (!folder.isEmpty() && file.canExecute() && file.isFile()) {
        return file.getPath();
      }
    }
    return program;
  }

  private static byte[] answer(Process process, String program) throws IOException {
    try (InputStream stdout = process.getInputStream()) {
      byte[] answer = stdout.readNBytes(MAX_ANSWER + 1);
      if (answer.length > MAX_ANSWER) {
        throw new RegistryException(program + ": expected a short answer, found more than 1 MiB");
      }
      return answer;
    }
  }

  private static Optional<Credential> credential(byte[] answer, String program) throws IOException {
    JsonFields fields = JsonFields.of(StrictJson.parseObject(answer, program, MAX_ANSWER), program);
    String user = fields.string("Username").orElse("");
    String secret = fields.string("Secret").orElse("");
    if (user.isEmpty() && secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        user.equals("<token>")
            ? new Credential.IdentityToken(secret)
            : new Credential.Basic(user, secret));
  }

  private static Optional<Credential> none(byte[] answer, String program, int exit)
      throws RegistryException {
    String text = new String(answer, StandardCharsets.UTF_8).strip();
    if (text.contains("credentials not found")) {
      return Optional.empty();
    }
    String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    throw new RegistryException(program + ": expected exit code 0, found " + exit + ": " + shown);
  }
}
