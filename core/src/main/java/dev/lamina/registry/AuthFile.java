// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import com.google.gson.JsonObject;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import dev.lamina.spi.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What one configuration file says of credentials: Docker's {@code config.json}, the containers
 * tools' {@code auth.json}, or the old {@code .dockercfg}, which is the "auths" alone.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">
 *     containers-auth.json(5)</a>
 */
final class AuthFile {
  private static final int MAX_BYTES = 4 << 20;
  private static final String HUB_KEY = "https://index.docker.io/v1/";
  private static final String NO_USER = "00000000-0000-0000-0000-000000000000";

  private final String where;
  private final Optional<JsonFields> auths;
  private final Optional<JsonFields> helpers;
  private final String store;
  private final CredentialHelpers programs;

  private AuthFile(JsonFields root, boolean onlyAuths, CredentialHelpers programs)
      throws InvalidJsonException {
    this.where = root.where();
    this.auths = onlyAuths ? Optional.of(root) : root.fields("auths");
    this.helpers = onlyAuths ? Optional.empty() : root.fields("credHelpers");
    this.store = onlyAuths ? "" : root.string("credsStore").orElse("");
    this.programs = programs;
  }

  /**
   * Reads a file's bytes.
   *
   * @param where names the file in exceptions
   * @param onlyAuths whether it is of the old form
   */
  static AuthFile parse(byte[] bytes, String where, boolean onlyAuths, CredentialHelpers programs)
      throws InvalidJsonException {
    JsonObject json = StrictJson.parseObject(bytes, where, MAX_BYTES);
    return new AuthFile(JsonFields.of(json, where), onlyAuths, programs);
  }

  /**
   * Returns the credential for a repository: a helper's for the registry, the store's, the file's.
   */
  Optional<Credential> find(String registry, String repository) throws IOException {
    if (helpers.isPresent()) {
      for (String key : registryKeys(registry)) {
        Optional<String> helper = helpers.get().string(key).filter(name -> !name.isEmpty());
        if (helper.isPresent()) {
          return programs.get(helper.get(), serverUrl(registry), where + ".credHelpers." + key);
        }
      }
    }
    if (!store.isEmpty()) {
      Optional<Credential> stored = programs.get(store, serverUrl(registry), where + ".credsStore");
      if (stored.isPresent()) {
        return stored;
      }
    }
    return auths.isPresent() ? fromAuths(auths.get(), registry, repository) : Optional.empty();
  }

  private Optional<Credential> fromAuths(JsonFields entries, String registry, String repository)
      throws IOException {
    for (String key : keys(registry, repository)) {
      Optional<JsonFields> entry = entries.fields(key);
      if (entry.isPresent()) {
        Optional<Credential> credential = credential(entry.get());
        if (credential.isPresent()) {
          return credential;
        }
      }
    }
    for (String key : entries.object().keySet()) {
      if (registryKeys(registry).contains(hostOf(key))) {
        Optional<JsonFields> entry = entries.fields(key);
        if (entry.isPresent()) {
          return credential(entry.get());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Credential> credential(JsonFields entry) throws IOException {
    Optional<String> bearer = entry.string("registrytoken").filter(text -> !text.isEmpty());
    if (bearer.isPresent()) {
      return Optional.of(new Credential.BearerToken(bearer.get()));
    }
    Optional<String> identity = entry.string("identitytoken").filter(text -> !text.isEmpty());
    if (identity.isPresent()) {
      return Optional.of(new Credential.IdentityToken(identity.get()));
    }
    String auth = entry.string("auth").orElse("");
    if (auth.isEmpty()) {
      String user = entry.string("username").orElse("");
      return user.isEmpty()
          ? Optional.empty()
          : Optional.of(new Credential.Basic(user, entry.string("password").orElse("")));
    }
    return Optional.of(decode(auth, entry.where()));
  }

  private static Credential decode(String auth, String where) throws RegistryException {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RegistryException(where + ".auth: expected base64, found something else");
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw new RegistryException(where + ".auth: expected user:password, found no colon");
    }
    String user = pair.substring(0, colon);
    String secret = pair.substring(colon + 1).replaceAll("\\x00+$", ""); // as Docker reads it
    return user.equals(NO_USER)
        ? new Credential.IdentityToken(secret)
        : new Credential.Basic(user, secret);
  }

  /** The keys of a repository, the most specific first. */
  private static List<String> keys(String registry, String repository) {
    List<String> keys = new ArrayList<>();
    for (String path = repository; !path.isEmpty(); path = parent(path)) {
      keys.add(registry + "/" + path);
    }
    keys.addAll(registryKeys(registry));
    return keys;
  }

  private static List<String> registryKeys(String registry) {
    return registry.equals("docker.io")
        ? List.of(HUB_KEY, "docker.io", "index.docker.io", "registry-1.docker.io")
        : List.of(registry);
  }

  private static String serverUrl(String registry) {
    return registry.equals("docker.io") ? HUB_KEY : registry;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The host of a key in the old form, {@code https://host/v1/}; a namespace has none. */
  private static String hostOf(String key) {
    int scheme = key.indexOf("://");
    String rest = scheme < 0 ? key : key.substring(scheme + 3);
    int slash = rest.indexOf('/');
    boolean oldPath = slash >= 0 && rest.substring(slash).matches("/(v[12]/?)?");
    return slash < 0 ? rest : oldPath ? rest.substring(0, slash) : "";
  }
}
