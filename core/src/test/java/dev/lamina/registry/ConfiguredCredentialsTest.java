// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.error.LaminaException;
import dev.lamina.spi.Credential;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredCredentialsTest {
  @TempDir Path home;
  private Map<String, String> environment;

  @BeforeEach
  void emptyEnvironment() {
    environment = new HashMap<>();
  }

  private Optional<Credential> find(String registry, String repository) throws IOException {
    return ConfiguredCredentials.of(environment, home).find(registry, repository);
  }

  private static String auth(String user) {
    String pair = user + ":secret of " + user;
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String auths(String registry, String user) {
    return "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + auth(user) + "\"}}}";
  }

  private static Optional<Credential> basic(String user) {
    return Optional.of(new Credential.Basic(user, "secret of " + user));
  }

  private void write(String path, String text) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void firstPlaceThatHasACredentialCounts() throws IOException {
    assertThat(find("r.example", "app")).isEmpty();
    write(".dockercfg", "{\"r.example\":{\"auth\":\"" + auth("dockercfg") + "\"}}");
    assertThat(find("r.example", "app")).isEqualTo(basic("dockercfg"));
    write(".docker/config.json", auths("r.example", "home"));
    assertThat(find("r.example", "app")).isEqualTo(basic("home"));
    write("dc/config.json", auths("r.example", "docker-config"));
    environment.put("DOCKER_CONFIG", home.resolve("dc").toString());
    assertThat(find("r.example", "app")).isEqualTo(basic("docker-config"));
    write(".config/containers/auth.json", auths("r.example", "config"));
    assertThat(find("r.example", "app")).isEqualTo(basic("config"));
    write("xdg/containers/auth.json", auths("r.example", "xdg-config"));
    environment.put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
    assertThat(find("r.example", "app")).isEqualTo(basic("xdg-config"));
    write("run/containers/auth.json", auths("r.example", "runtime"));
    environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
    assertThat(find("r.example", "app")).isEqualTo(basic("runtime"));
    write("my-auth.json", auths("r.example", "auth-file"));
    environment.put("REGISTRY_AUTH_FILE", home.resolve("my-auth.json").toString());
    assertThat(find("r.example", "app")).isEqualTo(basic("auth-file"));
    environment.put("DOCKER_AUTH_CONFIG", auths("r.example", "inline"));
    assertThat(find("r.example", "app")).isEqualTo(basic("inline"));
    assertThat(find("other.example", "app")).isEmpty();
  }

  @Test
  void placeWithoutTheRegistryIsPassedOver() throws IOException {
    environment.put("DOCKER_AUTH_CONFIG", auths("other.example", "inline"));
    write(".docker/config.json", auths("r.example", "home"));
    assertThat(find("r.example", "app")).isEqualTo(basic("home"));
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io, library/debian, https://index.docker.io/v1/",
    "docker.io, library/debian, index.docker.io",
    "docker.io, library/debian, docker.io",
    "r.example:5000, app, r.example:5000",
    "r.example:5000, app, https://r.example:5000",
    "r.example, app, https://r.example/v2/",
    "r.example, app, http://r.example/v1/",
    "r.example, team/app, r.example/team",
    "r.example, team/app, r.example/team/app"
  })
  void keyStandsForTheRegistry(String registry, String repository, String key) throws IOException {
    write(".docker/config.json", auths(key, "u"));
    assertThat(find(registry, repository)).isEqualTo(basic("u"));
  }

  @ParameterizedTest
  @CsvSource({
    "r.example, app, r.example:443",
    "r.example, app, xr.example",
    "r.example, teamwork/app, r.example/team",
    "r.example, app, https://r.example/team/",
    "docker.io, library/debian, docker.io/other"
  })
  void keyOfAnotherRegistryDoesNot(String registry, String repository, String key)
      throws IOException {
    write(".docker/config.json", auths(key, "u"));
    assertThat(find(registry, repository)).isEmpty();
  }

  @Test
  void mostSpecificKeyCounts() throws IOException {
    write(
        ".docker/config.json",
        "{\"auths\":{\"r.example\":{\"auth\":\""
            + auth("all")
            + "\"},"
            + "\"r.example/team\":{\"auth\":\""
            + auth("team")
            + "\"}}}");
    assertThat(find("r.example", "team/app")).isEqualTo(basic("team"));
    assertThat(find("r.example", "app")).isEqualTo(basic("all"));
  }

  @Test
  void tokensAreTokens() throws IOException {
    write(
        ".docker/config.json",
        "{\"auths\":{\"a\":{\"identitytoken\":\"i\",\"auth\":\""
            + auth("u")
            + "\"},"
            + "\"b\":{\"registrytoken\":\"r\"},"
            + "\"c\":{\"username\":\"u\",\"password\":\"p\"},\"d\":{},"
            + "\"e\":{\"auth\":\""
            + Base64.getEncoder()
                .encodeToString(
                    "00000000-0000-0000-0000-000000000000:t".getBytes(StandardCharsets.UTF_8))
            + "\"}}}");
    assertThat(find("a", "x")).contains(new Credential.IdentityToken("i"));
    assertThat(find("b", "x")).contains(new Credential.BearerToken("r"));
    assertThat(find("c", "x")).contains(new Credential.Basic("u", "p"));
    assertThat(find("d", "x")).isEmpty();
    assertThat(find("e", "x")).contains(new Credential.IdentityToken("t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"auths\":[]}",
        "{\"auths\":{\"r.example\":{\"auth\":\"%%\"}}}",
        "{\"auths\":{\"r.example\":{\"auth\":\"bm8gY29sb24=\"}}}"
      })
  void brokenFileIsAnErrorThatNamesIt(String text) throws IOException {
    write(".docker/config.json", text);
    assertThatThrownBy(() -> find("r.example", "app"))
        .isInstanceOf(LaminaException.class)
        .hasMessageStartingWith(home.resolve(".docker/config.json").toString());
  }

  private void helper(String name, String script) throws IOException {
    assumeTrue(new File("/bin/sh").canExecute(), "helpers here are shell scripts: no /bin/sh");
    String path = "bin/docker-credential-" + name;
    write(path, "#!/bin/sh\n" + script);
    assertThat(home.resolve(path).toFile().setExecutable(true)).isTrue();
    environment.put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
  }

  private static final String ANSWER =
      """
      url=$(cat); [ "$1" = get ] || exit 9
      echo "{\\"ServerURL\\":\\"$url\\",\\"Username\\":\\"$url\\",\\"Secret\\":\\"s\\"}"
      """;

  @Test
  void helperOfTheRegistryIsAskedBeforeTheStore() throws IOException {
    helper("mine", ANSWER);
    helper("store", "cat >/dev/null; echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'\n");
    write(
        ".docker/config.json",
        "{\"credHelpers\":{\"r.example\":\"mine\",\"docker.io\":\"mine\"},"
            + "\"credsStore\":\"store\"}");
    assertThat(find("r.example", "app")).contains(new Credential.Basic("r.example", "s"));
    assertThat(find("docker.io", "library/x"))
        .contains(new Credential.Basic("https://index.docker.io/v1/", "s"));
    assertThat(find("other.example", "app")).contains(new Credential.IdentityToken("t"));
  }

  @Test
  void storeThatHasNothingLeavesItToTheFile() throws IOException {
    helper("store", "cat >/dev/null; echo 'credentials not found in native keychain'; exit 1\n");
    write(
        ".docker/config.json",
        "{\"credsStore\":\"store\",\"auths\":{\"r.example\":{\"auth\":\"" + auth("u") + "\"}}}");
    assertThat(find("r.example", "app")).isEqualTo(basic("u"));
  }

  /** CVE-2021-41092: with another credential in its place, that goes where it shouldn't. */
  @Test
  void missingHelperIsAnErrorAndNoOtherEntryIsTaken() throws IOException {
    environment.put("PATH", home.toString());
    write(
        ".docker/config.json",
        "{\"credHelpers\":{\"r.example\":\"gone\"},\"auths\":{\"r.example\":{\"auth\":\""
            + auth("u")
            + "\"}}}");
    assertThatThrownBy(() -> find("r.example", "app"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(
            "credHelpers.r.example: expected the program docker-credential-gone on the PATH");
  }

  @Test
  void failingHelperIsAnErrorWithItsWords() throws IOException {
    helper("mine", "cat >/dev/null; echo 'the keyring is locked'; exit 3\n");
    write(".docker/config.json", "{\"credHelpers\":{\"r.example\":\"mine\"}}");
    assertThatThrownBy(() -> find("r.example", "app"))
        .isInstanceOf(RegistryException.class)
        .hasMessage("docker-credential-mine: expected exit code 0, found 3: the keyring is locked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/bin/sh", "a b", "-x", "a;b"})
  void helperIsAPlainName(String name) throws IOException {
    write(".docker/config.json", "{\"credHelpers\":{\"r.example\":\"" + name + "\"}}");
    assertThatThrownBy(() -> find("r.example", "app"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("expected the name of a helper");
  }

  @Test
  void credentialsShownAsTextKeepTheirSecret() {
    assertThat(new Credential.Basic("u", "hidden").toString()).doesNotContain("hidden");
    assertThat(new Credential.IdentityToken("hidden").toString()).doesNotContain("hidden");
    assertThat(new Credential.BearerToken("hidden").toString()).doesNotContain("hidden");
  }
}
