// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Samples;
import dev.lamina.archive.NamedImage;
import dev.lamina.error.LaminaException;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.registry.FaultProxy.Fault;
import dev.lamina.registry.FaultProxy.Plan;
import dev.lamina.registry.FaultProxy.Verb;
import dev.lamina.spi.Credential;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that can go wrong, at the first, a middle and the last request of every kind, once or
 * from then on: in the end everything is right, or there is an exception that says what isn't and
 * nothing has a name that it shouldn't have. A password is never seen by another host.
 */
class RegistryFaultsTest {
  private static final String SECRET = "secret-of-the-test";
  private static final int AT_ONCE = 6;

  /** How many requests of each kind there are when nothing goes wrong. */
  private static final Map<Verb, Integer> REQUESTS =
      Map.of(
          Verb.GET_MANIFEST,
          3,
          Verb.GET_BLOB,
          6,
          Verb.HEAD,
          6,
          Verb.POST,
          6,
          Verb.PATCH,
          14,
          Verb.PUT,
          9);

  private static MemoryRegistry backend;
  private static FaultProxy away;
  private static LocalStore source;
  private static Descriptor index;
  private static Map<String, String> complete;

  @BeforeAll
  static void start() throws Exception {
    backend = MemoryRegistry.start();
    away = FaultProxy.startAway(backend.port());
    source = LocalStore.inMemory();
    List<Descriptor> manifests = new ArrayList<>();
    for (String architecture : List.of("amd64", "arm64")) {
      Platform platform = Platform.of("linux", architecture);
      StoredImage image =
          Samples.put(
              source,
              platform,
              Samples.file("/one", Samples.noise(15_000, architecture.hashCode())),
              Samples.file("/two", Samples.noise(15_000, architecture.hashCode() + 1)));
      manifests.add(image.manifestDescriptor().withPlatform(platform));
    }
    ImageIndex both = ImageIndex.of(manifests, Map.of());
    source.blobs().put(both.raw());
    index = both.descriptor();
    ImageReference seed = ImageReference.parse(backend.host() + "/seed:1");
    Descriptor unused =
        ImagePush.from(source, RegistryClient.of(RegistryOptions.DEFAULT)).run(index, seed);
    complete = contents("seed");
  }

  @AfterAll
  static void stop() throws IOException {
    away.close();
    backend.close();
    source.close();
  }

  /** What a repository has, without its name. */
  private static Map<String, String> contents(String repository) {
    Map<String, String> own = new TreeMap<>();
    backend
        .contents()
        .forEach(
            (name, value) -> {
              if (name.startsWith(repository + "@") || name.startsWith(repository + ":")) {
                own.put(name.substring(repository.length()), value);
              }
            });
    return own;
  }

  private static boolean mayFail(Plan plan) {
    return switch (plan.fault()) {
      case REDIRECT_LOOP -> true;
      case REDIRECT_AWAY -> false;
      case CORRUPTED -> plan.verb() != Verb.HEAD;
      default -> plan.always();
    };
  }

  /** How long nothing may come: short where nothing will, long where a busy machine is slow. */
  private static Duration patience(Fault fault) {
    return switch (fault) {
      case STALLED, STALLED_IN_ANSWER, RESET_IN_REQUEST -> Duration.ofMillis(400);
      default -> Duration.ofSeconds(20);
    };
  }

  @ParameterizedTest
  @EnumSource
  void faultEndsWellOrIsNamed(Fault fault) throws Exception {
    List<Plan> plans = new ArrayList<>();
    for (Verb verb : Verb.values()) {
      int last = REQUESTS.get(verb);
      for (int at : List.of(1, last / 2 + 1, last)) {
        plans.add(new Plan(fault, verb, at, fault == Fault.REDIRECT_LOOP));
      }
      plans.add(new Plan(fault, verb, 1, true));
    }
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Boolean>> cases = new ArrayList<>();
      for (Plan plan : plans) {
        Callable<Boolean> one = () -> check(plan);
        cases.add(threads.submit(one));
      }
      for (Future<Boolean> each : cases) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(away.authorizations()).isEmpty();
  }

  private static boolean check(Plan plan) throws IOException {
    boolean pull = plan.verb() == Verb.GET_MANIFEST || plan.verb() == Verb.GET_BLOB;
    try (FaultProxy proxy = FaultProxy.start(backend.port(), plan, away)) {
      RegistryOptions options =
          RegistryOptions.DEFAULT
              .withOnlyCredentials((r, p) -> Optional.of(new Credential.Basic("ci", SECRET)))
              .withInsecure(proxy.host())
              .withAttempts(4, Duration.ofMillis(1))
              .withTimeouts(Duration.ofSeconds(30), patience(plan.fault()))
              .withParallelism(2)
              .withChunkSize(5000);
      RegistryClient client = RegistryClient.of(options);
      String problem = pull ? pull(plan, client, proxy) : push(plan, client, proxy);
      assertThat(proxy.matching()).as("%s was reached", plan).isGreaterThanOrEqualTo(plan.at());
      assertThat(problem).as("%s", plan).doesNotContain(SECRET);
      if (!mayFail(plan)) {
        assertThat(problem).as("%s", plan).isEmpty();
      }
      return true;
    }
  }

  /** Returns the message of what was thrown, empty if all is well. */
  private static String pull(Plan plan, RegistryClient client, FaultProxy proxy)
      throws IOException {
    try (LocalStore store = LocalStore.inMemory()) {
      ImageReference seed = ImageReference.parse(proxy.host() + "/seed:1");
      try {
        NamedImage unused = ImagePull.into(store, client).everything(seed);
      } catch (LaminaException e) {
        assertThat(store.names().list()).as("%s", plan).isEmpty();
        assertThat(store.images()).as("%s", plan).isEmpty();
        assertThat(store.check().findings()).as("%s", plan).isEmpty();
        return e.toString();
      }
      assertThat(store.names().find(seed)).as("%s", plan).isPresent();
      assertThat(store.check().findings()).as("%s", plan).isEmpty();
      return "";
    }
  }

  private static String push(Plan plan, RegistryClient client, FaultProxy proxy)
      throws IOException {
    String repository =
        "to/" + plan.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    repository = repository.replaceAll("-$", "");
    ImageReference target = ImageReference.parse(proxy.host() + "/" + repository + ":1");
    try {
      Descriptor pushed = ImagePush.from(source, client).run(index, target);
      assertThat(contents(repository)).as("%s", plan).isEqualTo(complete);
      assertThat(contents(repository)).containsEntry(":1", pushed.digest().toString());
      return "";
    } catch (LaminaException e) {
      boolean named = contents(repository).containsKey(":1");
      // When only the last answer is lost, the tag is there, and rightly so. Of bytes that are
      // changed on the way under a tag, a registry can't know, but the digest it says tells us.
      boolean garbled = plan.fault() == Fault.CORRUPTED && plan.at() == REQUESTS.get(Verb.PUT);
      assertThat(named && !garbled && !contents(repository).equals(complete))
          .as("%s", plan)
          .isFalse();
      return e.toString();
    }
  }
}
