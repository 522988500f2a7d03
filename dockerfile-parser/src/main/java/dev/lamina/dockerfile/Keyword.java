// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Letters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/** The keywords of Dockerfiles, and the form in which each takes its arguments. */
enum Keyword {
  ADD(Form.JSON_OR_WORDS, true),
  ARG(Form.QUOTED_WORDS, false),
  CMD(Form.JSON_OR_LINE, false),
  COPY(Form.JSON_OR_WORDS, true),
  ENTRYPOINT(Form.JSON_OR_LINE, false),
  ENV(Form.PAIRS, false),
  EXPOSE(Form.WORDS, false),
  FROM(Form.WORDS, false),
  HEALTHCHECK(Form.HEALTH, false),
  LABEL(Form.PAIRS, false),
  MAINTAINER(Form.LINE, false),
  ONBUILD(Form.TRIGGER, false),
  RUN(Form.JSON_OR_LINE, true),
  SHELL(Form.JSON_OR_LINE, false),
  STOPSIGNAL(Form.LINE, false),
  USER(Form.LINE, false),
  VOLUME(Form.JSON_OR_WORDS, false),
  WORKDIR(Form.LINE, false);

  /** How the text after the flags becomes arguments. */
  enum Form {
    LINE,
    WORDS,
    QUOTED_WORDS,
    PAIRS,
    JSON_OR_LINE,
    JSON_OR_WORDS,
    HEALTH,
    TRIGGER
  }

  private static final Map<String, Keyword> BY_NAME = new HashMap<>();

  static {
    for (Keyword keyword : values()) {
      BY_NAME.put(keyword.name(), keyword);
      BY_NAME.put(Letters.lower(keyword.name()), keyword);
    }
  }

  private final Form form;
  private final boolean takesHeredocs;

  Keyword(Form form, boolean takesHeredocs) {
    this.form = form;
    this.takesHeredocs = takesHeredocs;
  }

  Form form() {
    return form;
  }

  boolean takesHeredocs() {
    return takesHeredocs;
  }

  /** Returns the keyword that {@code word} is in any letter case, or null. */
  @Nullable
  static Keyword ofOrNull(String word) {
    Keyword keyword = BY_NAME.get(word);
    return keyword != null ? keyword : BY_NAME.get(Letters.lower(word));
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Keyword::name).toList();
  }
}
