// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoNumbers;
import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.GoUrl;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads what {@link GitReference} describes. */
final class GitReferenceParser {

  private static final Set<String> SCHEMES = Set.of("http", "https", "ssh", "git");
  private static final Set<String> SWITCHES =
      Set.of("submodules", "keep-git-dir", "fetch-by-commit");

  private final String remote;
  private final boolean resemblesPath;
  private final Map<String, List<String>> query;
  private String ref = "";
  private String subdir = "";

  private GitReferenceParser(
      String remote, boolean resemblesPath, Map<String, List<String>> query, String fragment) {
    this.remote = remote;
    this.resemblesPath = resemblesPath;
    this.query = query;
    int colon = fragment.indexOf(':');
    ref = colon < 0 ? fragment : fragment.substring(0, colon);
    subdir = colon < 0 ? "" : clean(fragment.substring(colon + 1));
  }

  static Optional<GitReference> parse(String word) {
    if (word.startsWith("./") || word.startsWith("../")) {
      return Optional.empty();
    }
    if (word.startsWith("github.com/")) {
      return GoUrl.parse(word)
          .map(url -> read(url.escapedPath(), true, url.query(), url.fragment()));
    }
    int mark = word.indexOf("://");
    if (mark > 0 && word.chars().limit(mark).allMatch(GitReferenceParser::isLetterOrDigit)) {
      return GoUrl.parse(word)
          .filter(url -> SCHEMES.contains(url.scheme()))
          .filter(url -> !url.scheme().startsWith("http") || url.path().endsWith(".git"))
          .map(
              url ->
                  read(
                      url.scheme() + "://" + url.authority() + url.escapedPath(),
                      false,
                      url.query(),
                      url.fragment()));
    }
    return likeScp(word);
  }

  /** Reads {@code user@host:path?query#fragment}. */
  private static Optional<GitReference> likeScp(String word) {
    int at = word.indexOf('@');
    int colon = word.indexOf(':', at + 1);
    boolean user = at > 0 && isName(word.substring(0, at), "-_");
    if (!user || colon <= at + 1 || !isName(word.substring(at + 1, colon), "-.")) {
      return Optional.empty();
    }
    int hash = word.indexOf('#', colon);
    int end = hash < 0 ? word.length() : hash;
    int question = word.indexOf('?', colon);
    int pathEnd = question < 0 || question > end ? end : question;
    Map<String, List<String>> query = new TreeMap<>();
    String rawQuery = pathEnd < end ? word.substring(pathEnd + 1, end) : "";
    if (word.indexOf('\n') >= 0 || !GoUrl.readQuery(rawQuery, query)) {
      return Optional.empty();
    }
    String fragment = hash < 0 ? "" : word.substring(hash + 1);
    return Optional.of(read(word.substring(0, pathEnd), false, query, fragment));
  }

  private static boolean isName(String text, String marks) {
    return text.chars().allMatch(c -> isLetterOrDigit(c) || marks.indexOf(c) >= 0);
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static GitReference read(
      String remote, boolean resemblesPath, Map<String, List<String>> query, String fragment) {
    return new GitReferenceParser(remote, resemblesPath, query, fragment).reference();
  }

  private GitReference reference() {
    Map<String, String> values = new TreeMap<>();
    query.forEach((name, all) -> values.put(name, onlyValue(name, all)));
    String checksum = "";
    Optional<GitReference.Mtime> mtime = Optional.empty();
    for (Map.Entry<String, String> parameter : values.entrySet()) {
      String value = parameter.getValue();
      switch (parameter.getKey()) {
        case "ref" -> setRef(value);
        case "subdir" -> setSubdir(value);
        case "checksum", "commit" -> checksum = value;
        case "mtime" -> mtime = Optional.of(mtime(value));
        case "tag", "branch", "keep-git-dir", "submodules", "fetch-by-commit" -> {}
        default -> throw wrong("unexpected query " + GoQuote.quote(parameter.getKey()));
      }
    }
    setNamedRef(values.getOrDefault("tag", ""), values.getOrDefault("branch", ""));
    return new GitReference(
        remote,
        ref,
        subdir,
        checksum,
        choice(values, "keep-git-dir"),
        choice(values, "submodules"),
        mtime,
        choice(values, "fetch-by-commit").orElse(false),
        resemblesPath);
  }

  private static String onlyValue(String name, List<String> values) {
    if (values.size() > 1) {
      throw wrong("query " + GoQuote.quote(name) + " has multiple values");
    }
    if (values.get(0).isEmpty() && !SWITCHES.contains(name)) {
      throw wrong("query " + GoQuote.quote(name) + " has no value");
    }
    return values.get(0);
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what);
  }

  private void setRef(String value) {
    if (!ref.isEmpty() && !ref.equals(value)) {
      throw wrong("ref conflicts: " + GoQuote.quote(ref) + " vs " + GoQuote.quote(value));
    }
    ref = value;
  }

  private void setNamedRef(String tag, String branch) {
    if (!tag.isEmpty()) {
      setRef(tag.startsWith("refs/tags/") ? tag : "refs/tags/" + tag);
    }
    if (!branch.isEmpty()) {
      if (!tag.isEmpty()) {
        throw wrong("branch conflicts with tag");
      }
      setRef(branch.startsWith("refs/heads/") ? branch : "refs/heads/" + branch);
    }
  }

  private void setSubdir(String value) {
    if (!subdir.isEmpty() && !subdir.equals(value)) {
      throw wrong("subdir conflicts: " + GoQuote.quote(subdir) + " vs " + GoQuote.quote(value));
    }
    subdir = value;
  }

  private static GitReference.Mtime mtime(String value) {
    return switch (value) {
      case "checkout" -> GitReference.Mtime.CHECKOUT;
      case "commit" -> GitReference.Mtime.COMMIT;
      default ->
          throw wrong(
              "invalid mtime value: "
                  + GoQuote.quote(value)
                  + " (must be \"checkout\" or \"commit\")");
    };
  }

  private static Optional<Boolean> choice(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        value.isEmpty()
            || GoNumbers.truth(value)
                .orElseThrow(() -> wrong("invalid " + name + " value: " + GoQuote.quote(value))));
  }

  /** Takes out {@code .}, {@code ..} and slashes too many; the result has none in front. */
  private static String clean(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
