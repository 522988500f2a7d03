// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.path.SlashPath;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;

/**
 * A Git repository as ADD or a build context names it: {@code URL#ref:subdir} or {@code
 * URL?ref=…&subdir=…&checksum=…&keep-git-dir=…&submodules=…}.
 *
 * @param remote what to give to {@code git fetch}
 * @param ref a branch, a tag, a full reference or a commit; {@code ""} for the remote's HEAD
 * @param subdir the folder inside the repository that is meant; {@code ""} for all of it
 * @param checksum what the commit's id must start with; {@code ""} for anything
 * @param keepGitDir whether {@code .git} is part of it, if the name says so
 * @param submodules whether submodules are part of it
 */
public record GitSource(
    String remote,
    String ref,
    String subdir,
    String checksum,
    Optional<Boolean> keepGitDir,
    boolean submodules) {

  private static final Pattern URL = Pattern.compile("([a-zA-Z0-9]+)://([^?#]*)(\\?[^#]*)?(#.*)?");
  private static final Pattern SCP =
      Pattern.compile("([\\w-]+@[a-zA-Z0-9.-]+:[^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);

  /**
   * Returns the repository a word names; empty if it names something else.
   *
   * @throws StepException if it names one with options that are wrong
   */
  public static Optional<GitSource> parse(String word) throws StepException {
    Matcher url = URL.matcher(word);
    if (url.matches()) {
      boolean web = url.group(1).matches("(?i)https?");
      boolean git = web ? url.group(2).endsWith(".git") : url.group(1).matches("(?i)ssh|git");
      return git
          ? Optional.of(of(url.group(1) + "://" + url.group(2), url.group(3), url.group(4)))
          : Optional.empty();
    }
    Matcher scp = SCP.matcher(word);
    return scp.matches()
        ? Optional.of(of(scp.group(1), scp.group(2), scp.group(3)))
        : Optional.empty();
  }

  /** Returns this with what the commit's id must start with. */
  public GitSource withChecksum(String commit) {
    return new GitSource(remote, ref, subdir, commit, keepGitDir, submodules);
  }

  private static GitSource of(String remote, @Nullable String query, @Nullable String fragment)
      throws StepException {
    String place = fragment == null ? "" : fragment.substring(1);
    int colon = place.indexOf(':');
    String ref = colon < 0 ? place : place.substring(0, colon);
    String subdir = colon < 0 ? "" : SlashPath.absolute(place.substring(colon + 1)).substring(1);
    Map<String, String> options = options(query == null ? "" : query.substring(1));
    List<String> refs = new ArrayList<>();
    add(refs, "", ref);
    add(refs, "", options.remove("ref"));
    add(refs, "refs/tags/", options.remove("tag"));
    add(refs, "refs/heads/", options.remove("branch"));
    if (refs.stream().distinct().count() > 1) {
      throw new StepException(remote + ": ref conflicts: " + String.join(" vs ", refs));
    }
    String folder = options.getOrDefault("subdir", subdir);
    if (!subdir.isEmpty() && !folder.equals(subdir)) {
      throw new StepException(remote + ": subdir conflicts: " + subdir + " vs " + folder);
    }
    options.remove("subdir");
    String commit = options.remove("commit");
    String checksum = options.remove("checksum");
    Optional<Boolean> keep = flag(options, "keep-git-dir");
    boolean submodules = flag(options, "submodules").orElse(true);
    if (!options.isEmpty()) {
      throw new StepException(
          remote + ": unexpected query \"" + options.keySet().iterator().next() + "\"");
    }
    return new GitSource(
        remote,
        refs.isEmpty() ? "" : refs.get(0),
        folder,
        checksum != null ? checksum : commit != null ? commit : "",
        keep,
        submodules);
  }

  private static void add(List<String> refs, String prefix, @Nullable String ref) {
    if (ref != null && !ref.isEmpty()) {
      refs.add(ref.startsWith(prefix) ? ref : prefix + ref);
    }
  }

  private static Map<String, String> options(String query) throws StepException {
    Map<String, String> options = new TreeMap<>();
    for (String option : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String value = equals < 0 ? "" : option.substring(equals + 1);
      if (options.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8)) != null) {
        throw new StepException("query \"" + name + "\" has multiple values");
      }
    }
    return options;
  }

  private static Optional<Boolean> flag(Map<String, String> options, String name)
      throws StepException {
    String value = options.remove(name);
    if (value == null) {
      return Optional.empty();
    }
    return switch (value) {
      case "", "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
      case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
      default -> throw new StepException("invalid " + name + " value: \"" + value + "\"");
    };
  }
}
