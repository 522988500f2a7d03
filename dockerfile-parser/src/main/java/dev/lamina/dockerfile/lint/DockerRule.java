// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import java.util.Optional;

/** A rule of {@code docker build --check}: the class is named after it. */
abstract class DockerRule implements LintRule {

  private static final String PAGES = "https://docs.docker.com/go/dockerfile/rule/";

  private final String description;
  private final String page;

  /**
   * @param description what the rule asks for, in Docker's words
   * @param page the name of the rule's page, or empty text
   */
  DockerRule(String description, String page) {
    this.description = description;
    this.page = page;
  }

  @Override
  public final String name() {
    return getClass().getSimpleName();
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final Optional<String> url() {
    return page.isEmpty() ? Optional.empty() : Optional.of(PAGES + page + "/");
  }
}
