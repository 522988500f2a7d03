// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Copy;
import dev.lamina.path.Glob;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** COPY copies files of the build context, a stage or an image, and files given in place. */
final class CopyExecutor implements InstructionExecutor<Copy> {
  @Override
  public void plan(Copy copy, StepContext step) throws StepException {
    FileSource source =
        copy.from().isPresent() ? step.source(copy.from().get()) : step.buildContext();
    List<CopyItem> items = new ArrayList<>();
    for (String path : copy.sources()) {
      if (RemoteSources.isRemote(path)) {
        String what = GitSource.parse(path).isPresent() ? "git ref" : "URL";
        throw new StepException("source can't be a " + what + " for COPY");
      }
      items.add(copy.parents() ? withParents(path, source, copy) : plain(path, source, copy));
    }
    copy.heredocs().forEach(heredoc -> items.add(new HeredocItem(heredoc.name(), heredoc.body())));
    CopyWork work =
        new CopyWork(
            items,
            CopyFlags.destination(copy.destination(), step),
            copy.chown().map(OwnerSpec::parse),
            CopyFlags.mode(copy.chmod()),
            copy.chmod().orElse(""));
    String flags = copy.parents() ? " --parents" : "";
    step.layer(
        CopyFlags.history(
            "COPY" + flags,
            copy.chown(),
            copy.chmod(),
            copy.sources(),
            copy.heredocs(),
            copy.destination()),
        work);
  }

  private static PathItem plain(String path, FileSource source, Copy copy) throws StepException {
    source.need(SlashPath.absolute(path));
    return new PathItem(
        source,
        SourcePattern.of(path),
        PatternFilters.excluding(copy.excludes()),
        Optional.empty(),
        false);
  }

  /** With --parents the names after {@code /./}, or all of them, are made below the destination. */
  private static PathItem withParents(String path, FileSource source, Copy copy)
      throws StepException {
    int pivot = path.indexOf("/./");
    String root = pivot < 0 ? "/" : path.substring(0, pivot);
    String below = pivot < 0 ? path : path.substring(pivot + "/./".length());
    String pattern = SlashPath.absolute(below).substring(1);
    source.need(SlashPath.absolute(Glob.hasWildcards(root) ? root : root + "/" + known(pattern)));
    boolean literal = !Glob.hasWildcards(root) && !Glob.hasWildcards(pattern);
    Optional<String> required = literal ? Optional.of(pattern) : Optional.empty();
    return new PathItem(
        source,
        SourcePattern.of(root),
        PatternFilters.of(List.of(pattern), copy.excludes()),
        required,
        false);
  }

  /** Returns what comes before a name that stands for any number of names. */
  private static String known(String pattern) {
    int any = pattern.indexOf("**");
    return any < 0 ? pattern : pattern.substring(0, pattern.lastIndexOf('/', any) + 1);
  }
}
