// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.spi.Credential;
import dev.lamina.spi.CredentialProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is shown which credential: a registry, its token server, and a host that gets nothing. */
class RegistryAuthTest {
  private static final String SECRET = "pa55-worD:x";
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder().encodeToString(("user:" + SECRET).getBytes(StandardCharsets.UTF_8));

  private MemoryRegistry registry;
  private MemoryRegistry tokenServer;
  private MemoryRegistry stranger;
  private ImageReference app;
  private final List<String> tokenRequests = Collections.synchronizedList(new ArrayList<>());
  private volatile String goodToken = "token-1";

  @BeforeEach
  void start() throws IOException {
    registry = MemoryRegistry.start();
    tokenServer = MemoryRegistry.start();
    stranger = MemoryRegistry.start();
    app = ImageReference.parse(registry.host() + "/shop/app:1");
    registry.putManifest("shop/app", "1", MediaTypes.OCI_MANIFEST, manifest());
  }

  @AfterEach
  void stop() {
    registry.close();
    tokenServer.close();
    stranger.close();
  }

  private static byte[] manifest() {
    return Manifest.of(
            Descriptor.of(MediaTypes.OCI_EMPTY, new byte[] {'{', '}'}), List.of(), Map.of())
        .raw();
  }

  private RegistryClient client(Credential credential) throws IOException {
    return RegistryClient.of(options(CredentialProvider.of(registry.host(), credential)));
  }

  private RegistryOptions options(CredentialProvider credentials) {
    return RegistryOptions.DEFAULT
        .withOnlyCredentials(credentials)
        .withInsecure(registry.host())
        .withAttempts(3, Duration.ofMillis(1))
        .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  private RegistryClient anonymous() throws IOException {
    return RegistryClient.of(options((host, repository) -> Optional.empty()));
  }

  private void wantBasic() {
    registry.intercept(
        exchange -> {
          if (authorization(exchange).equals(BASIC)) {
            return false;
          }
          challenge(exchange, "Basic realm=\"here, there\", charset=\"UTF-8\"");
          return true;
        });
  }

  private void wantBearer(String realm) {
    registry.intercept(
        exchange -> {
          if (authorization(exchange).equals("Bearer " + goodToken)) {
            return false;
          }
          challenge(exchange, "Bearer realm=\"" + realm + "\",service=\"the registry\"");
          return true;
        });
    tokenServer.intercept(
        exchange -> {
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          tokenRequests.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + authorization(exchange)
                  + " "
                  + form);
          byte[] answer =
              ("{\"token\":\"" + goodToken + "\",\"expires_in\":300}")
                  .getBytes(StandardCharsets.UTF_8);
          MemoryRegistry.answer(exchange, 200, answer);
          return true;
        });
  }

  private String realm() {
    return "http://" + tokenServer.host() + "/token";
  }

  private static void challenge(HttpExchange exchange, String challenge) throws IOException {
    MemoryRegistry.answer(exchange, 401, "WWW-Authenticate", challenge);
  }

  private static String authorization(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  @Test
  void basicCredentialIsShownWhenItIsAskedForAndKept() throws IOException {
    wantBasic();
    RegistryClient client = client(new Credential.Basic("user", SECRET));
    assertThat(client.head(app)).isPresent();
    assertThat(client.head(app)).isPresent();
    assertThat(registry.requests())
        .extracting(MemoryRegistry.Request::authorization)
        .containsExactly("", BASIC, BASIC);
  }

  @Test
  void wrongCredentialIsShownOnce() throws IOException {
    wantBasic();
    RegistryClient client = client(new Credential.Basic("user", "wrong"));
    assertThatThrownBy(() -> client.manifest(app))
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.isUnauthorized()).isTrue());
    assertThat(registry.requests()).hasSize(2);
  }

  @Test
  void anonymousTokenIsFetchedWhereThereIsNoCredential() throws IOException {
    wantBearer(realm());
    assertThat(anonymous().head(app)).isPresent();
    assertThat(tokenRequests)
        .containsExactly(
            "GET /token?service=the+registry&scope=repository%3Ashop%2Fapp%3Apull null ");
  }

  @Test
  void tokenIsFetchedWithBasicCredentialAndKept() throws IOException {
    wantBearer(realm());
    RegistryClient client = client(new Credential.Basic("user", SECRET));
    assertThat(client.head(app)).isPresent();
    assertThat(client.head(app)).isPresent();
    assertThat(tokenRequests)
        .containsExactly(
            "GET /token?service=the+registry&scope=repository%3Ashop%2Fapp%3Apull&account=user "
                + BASIC
                + " ");
    assertThat(registry.requests())
        .extracting(MemoryRegistry.Request::authorization)
        .doesNotContain(BASIC);
  }

  @Test
  void identityTokenIsExchanged() throws IOException {
    wantBearer(realm());
    assertThat(client(new Credential.IdentityToken("refresh-me")).head(app)).isPresent();
    assertThat(tokenRequests)
        .containsExactly(
            "POST /token null grant_type=refresh_token&refresh_token=refresh-me&client_id=lamina"
                + "&service=the+registry&scope=repository%3Ashop%2Fapp%3Apull");
  }

  @Test
  void bearerTokenOfTheUserIsShownAsItIs() throws IOException {
    wantBearer(realm());
    assertThat(client(new Credential.BearerToken("token-1")).head(app)).isPresent();
    assertThat(tokenRequests).isEmpty();
  }

  @Test
  void tokenThatHasRunOutIsFetchedAnew() throws IOException {
    wantBearer(realm());
    RegistryClient client = anonymous();
    assertThat(client.head(app)).isPresent();
    goodToken = "token-2";
    assertThat(client.head(app)).isPresent();
    assertThat(tokenRequests).hasSize(2);
  }

  @Test
  void pushAsksForPushAndMountForBoth() throws IOException {
    wantBearer(realm());
    byte[] blob = {1};
    registry.putBlob("base/debian", blob);
    ImageReference base = ImageReference.parse(registry.host() + "/base/debian");
    boolean sent =
        anonymous().putBlob(app, Descriptor.of("", blob), Content.of(blob), List.of(base));
    assertThat(sent).isFalse();
    assertThat(tokenRequests.get(0)).contains("scope=repository%3Ashop%2Fapp%3Apull%2Cpush ");
    assertThat(tokenRequests.get(1))
        .contains(
            "scope=repository%3Ashop%2Fapp%3Apull%2Cpush&scope=repository%3Abase%2Fdebian%3Apull ");
  }

  /** A credential sent in the clear is no credential any more. */
  @Test
  void credentialIsNotSentOverPlainHttpUnlessThatIsAllowed() throws IOException {
    wantBasic();
    RegistryOptions cautious =
        RegistryOptions.DEFAULT.withOnlyCredentials(
            CredentialProvider.of(registry.host(), new Credential.Basic("user", SECRET)));
    RegistryClient client = RegistryClient.of(cautious);
    assertThatThrownBy(() -> client.manifest(app))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("expected HTTPS to send credentials over, found plain HTTP");
    assertThat(registry.requests())
        .extracting(MemoryRegistry.Request::authorization)
        .containsOnly("");
  }

  /** CVE-2020-15157, GHSA-vh4v-2xq2-g5cg, and Java 17's own client. */
  @ParameterizedTest
  @CsvSource({"301, GET", "302, GET", "303, GET", "307, GET", "308, GET", "302, HEAD", "307, PUT"})
  void redirectToAnotherHostCarriesNoCredential(int status, String method) throws IOException {
    byte[] raw = manifest();
    stranger.putManifest("shop/app", "1", MediaTypes.OCI_MANIFEST, raw);
    for (boolean bearer : new boolean[] {true, false}) {
      registry.intercept(
          exchange -> {
            if (authorization(exchange).equals("null")) {
              challenge(
                  exchange, bearer ? "Bearer realm=\"" + realm() + "\"" : "Basic realm=\"x\"");
            } else {
              MemoryRegistry.answer(
                  exchange,
                  status,
                  "Location",
                  "http://" + stranger.host() + exchange.getRequestURI());
            }
            return true;
          });
      tokenServer.intercept(
          exchange -> {
            MemoryRegistry.answer(
                exchange, 200, "{\"token\":\"t\"}".getBytes(StandardCharsets.UTF_8));
            return true;
          });
      RegistryClient client = client(new Credential.Basic("user", SECRET));
      switch (method) {
        case "GET" -> assertThat(client.manifest(app).raw()).isEqualTo(raw);
        case "HEAD" -> assertThat(client.head(app)).isPresent();
        default -> client.putManifest(app, Descriptor.of(MediaTypes.OCI_MANIFEST, raw), raw);
      }
    }
    assertThat(stranger.requests())
        .isNotEmpty()
        .extracting(MemoryRegistry.Request::authorization)
        .containsOnly("");
  }

  /** CVE-2026-50151: the place to upload to is the registry's to name, the credential ours. */
  @Test
  void uploadToAnotherHostCarriesNoCredential() throws IOException {
    registry.intercept(
        exchange -> {
          if (authorization(exchange).equals("null")) {
            challenge(exchange, "Basic realm=\"x\"");
            return true;
          }
          boolean post = exchange.getRequestMethod().equals("POST");
          if (post) {
            MemoryRegistry.answer(
                exchange, 202, "Location", "http://" + stranger.host() + "/upload");
          }
          return post;
        });
    stranger.intercept(
        exchange -> {
          MemoryRegistry.answer(exchange, 201);
          return true;
        });
    byte[] blob = {1, 2, 3};
    boolean sent =
        client(new Credential.Basic("user", SECRET))
            .putBlob(app, Descriptor.of("", blob), Content.of(blob), List.of());
    assertThat(sent).isTrue();
    assertThat(stranger.requests())
        .hasSize(1)
        .extracting(MemoryRegistry.Request::authorization)
        .containsOnly("");
  }

  /** A challenge from a host we were sent to doesn't get the registry's credential either. */
  @Test
  void challengeOfAnotherHostIsNotAnswered() throws IOException {
    registry.intercept(
        exchange -> {
          MemoryRegistry.answer(
              exchange, 307, "Location", "http://" + stranger.host() + exchange.getRequestURI());
          return true;
        });
    stranger.intercept(
        exchange -> {
          challenge(exchange, "Basic realm=\"give\"");
          return true;
        });
    RegistryClient client = client(new Credential.Basic("user", SECRET));
    assertThatThrownBy(() -> client.manifest(app))
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.status()).isEqualTo(401));
    assertThat(stranger.requests())
        .extracting(MemoryRegistry.Request::authorization)
        .containsOnly("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://auth.example.com/token",
        "ftp://auth.example.com/token",
        "file:///etc/passwd",
        "https://user@auth.example.com/token",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/token",
        "https://localhost/token",
        "https://127.0.0.1/token",
        "https://2130706433/token",
        "https://[::1]/token",
        "https:///token",
        "not a url",
        ""
      })
  void tokenServerThatMayNotBeAskedIsRefused(String realm) {
    Endpoint endpoint = Endpoint.of("registry.example.com", RegistryOptions.DEFAULT);
    assertThatThrownBy(() -> Realm.require(realm, endpoint)).isInstanceOf(RegistryException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example.com, https://auth.example.com/token",
    "registry.example.com, https://registry.example.com:444/token",
    "10.0.0.1:5000, https://10.0.0.1:5001/token",
    "localhost:5000, https://localhost:5001/token"
  })
  void tokenServerOfItsOwnIsAsked(String host, String realm) throws IOException {
    Endpoint endpoint = Endpoint.of(host, RegistryOptions.DEFAULT);
    assertThat(Realm.require(realm, endpoint)).hasToString(realm);
  }

  @Test
  void redirectsInACircleAreGivenUp() throws IOException {
    AtomicInteger count = new AtomicInteger();
    registry.intercept(
        exchange -> {
          count.incrementAndGet();
          MemoryRegistry.answer(exchange, 302, "Location", "/v2/again");
          return true;
        });
    RegistryClient client = anonymous();
    assertThatThrownBy(() -> client.manifest(app))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("expected at most 10 redirects, found more");
    assertThat(count.get()).isLessThan(25);
  }

  @Test
  void noSecretIsInAnyException() throws IOException {
    RegistryClient client = client(new Credential.Basic("user", SECRET));
    wantBearer(realm());
    byte[] denied =
        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}".getBytes(StandardCharsets.UTF_8);
    tokenServer.intercept(
        exchange -> {
          MemoryRegistry.answer(exchange, 403, denied);
          return true;
        });
    List<Throwable> failures = new ArrayList<>();
    failures.add(catchThrowable(() -> client.manifest(app)));
    registry.intercept(
        exchange -> {
          MemoryRegistry.answer(
              exchange,
              302,
              "Location",
              "http://" + stranger.host() + "/blob?X-Signature=" + SECRET + "&n=1#" + SECRET);
          return true;
        });
    RegistryClient other = anonymous();
    failures.add(catchThrowable(() -> other.manifest(app)));
    failures.add(
        catchThrowable(() -> other.openBlob(app, Descriptor.of("", Digest.sha256("x"), 3))));
    for (Throwable failure : failures) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      assertThat(text.toString()).contains("RegistryException").doesNotContain(SECRET);
      assertThat(text.toString())
          .doesNotContain(
              Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(failures.get(1)).hasMessageContaining("X-Signature=REDACTED&n=1");
  }

  @Test
  void challengesAreReadInAllTheirForms() {
    assertThat(
            Challenge.parse(
                List.of(
                    "Basic realm=\"a \\\"b\\\", c\", BEARER Realm = https://x/t ,service=s,scope=\"\"",
                    "Negotiate",
                    "",
                    ",,")))
        .extracting(Challenge::toString)
        .containsExactly(
            "Challenge[scheme=basic, parameters={realm=a \"b\", c}]",
            "Challenge[scheme=bearer, parameters={realm=https://x/t, service=s, scope=}]",
            "Challenge[scheme=negotiate, parameters={}]");
  }
}
