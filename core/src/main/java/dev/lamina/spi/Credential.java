// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

/** What a registry wants to see before it lets somebody in. Shown as text, it keeps its secret. */
public sealed interface Credential {
  /**
   * A name and a password, sent with HTTP Basic, or to the token server that the registry names.
   *
   * @param username who
   * @param password the password or access token
   */
  record Basic(String username, String password) implements Credential {
    @Override
    public String toString() {
      return "credential of " + username;
    }
  }

  /**
   * A refresh token, exchanged for access tokens at the token server that the registry names.
   *
   * @param token the token
   */
  record IdentityToken(String token) implements Credential {
    @Override
    public String toString() {
      return "identity token";
    }
  }

  /**
   * A bearer token, sent to the registry as it is.
   *
   * @param token the token
   */
  record BearerToken(String token) implements Credential {
    @Override
    public String toString() {
      return "bearer token";
    }
  }
}
