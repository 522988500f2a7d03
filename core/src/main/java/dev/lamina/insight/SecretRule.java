// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a kind of secret looks.
 *
 * @param name what it is, for a person
 * @param pattern found in a line that holds one
 */
public record SecretRule(String name, Pattern pattern) {
  private static final List<SecretRule> KNOWN =
      List.of(
          of("private key", "-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----"),
          of("AWS access key", "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"),
          of("GitHub token", "\\bgh[pousr]_[A-Za-z0-9]{36,255}\\b|\\bgithub_pat_\\w{22,255}\\b"),
          of("GitLab token", "\\bglpat-[A-Za-z0-9_-]{20,}"),
          of("Slack token", "\\bxox[abeprs]-[A-Za-z0-9-]{10,}"),
          of("npm token", "\\bnpm_[A-Za-z0-9]{36}\\b|:_authToken=[^$\\s]{8,}"),
          of("Google API key", "\\bAIza[0-9A-Za-z_-]{35}\\b"),
          of("Stripe key", "\\b[rs]k_live_[0-9A-Za-z]{20,}"),
          of("Docker registry credential", "\"auth\"\\s*:\\s*\"[A-Za-z0-9+/]{12,}={0,2}\""));

  /** Makes a rule from a regular expression. */
  public static SecretRule of(String name, String regex) {
    return new SecretRule(name, Pattern.compile(regex));
  }

  /** Returns rules for secrets that can be told by their form. */
  public static List<SecretRule> known() {
    return KNOWN;
  }
}
