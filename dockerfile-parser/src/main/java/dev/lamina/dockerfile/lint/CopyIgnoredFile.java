// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Add;
import dev.lamina.dockerfile.Copy;
import dev.lamina.dockerfile.GitReference;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.dockerfile.text.GoQuote;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** COPY and ADD take nothing from the context that {@code .dockerignore} leaves out. */
final class CopyIgnoredFile extends DockerRule {

  private static final Set<String> EVERYTHING = Set.of("*", "**", "**/*");

  CopyIgnoredFile() {
    super("Attempting to Copy file that is excluded by .dockerignore", "copy-ignored-file");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    Dockerignore ignore = subject.ignore();
    if (ignore.patterns().isEmpty() || ignore.hasExclusions()) {
      return; // with exclusions it cannot be told from the patterns alone
    }
    for (LintStage stage : subject.stages()) {
      for (LintStatement statement : stage.statements()) {
        for (String source : sources(statement.instruction())) {
          String path = clean(source);
          if (isIgnored(path, ignore)) {
            String verb = statement.instruction() instanceof Add ? "Add" : "Copy";
            findings.report(
                statement,
                "Attempting to "
                    + verb
                    + " file "
                    + GoQuote.quote(path)
                    + " that is excluded by .dockerignore");
          }
        }
      }
    }
  }

  private static List<String> sources(Instruction instruction) {
    if (instruction instanceof Copy copy && copy.from().isEmpty()) {
      return copy.sources();
    }
    return instruction instanceof Add add
        ? add.sources().stream().filter(CopyIgnoredFile::isLocal).toList()
        : List.of();
  }

  private static boolean isLocal(String source) {
    if (source.startsWith("http://") || source.startsWith("https://")) {
      return false;
    }
    try {
      return GitReference.parse(source).map(GitReference::resemblesPath).orElse(true);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isIgnored(String path, Dockerignore ignore) {
    if (path.equals(".") || path.equals("/")) {
      return ignore.patterns().stream().anyMatch(EVERYTHING::contains);
    }
    return !path.startsWith("/") && ignore.excludes(path);
  }

  /** Takes out {@code .}, {@code ..} and double slashes, as Go's {@code filepath.Clean} does. */
  private static String clean(String path) {
    boolean rooted = path.startsWith("/");
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (part.equals("..") ? !rooted : !part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    String joined = String.join("/", parts);
    if (rooted) {
      return "/" + joined;
    }
    return joined.isEmpty() ? "." : joined;
  }
}
