// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Add;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ADD copies as COPY does, unpacks local archives, and fetches URLs and Git repositories. */
final class AddExecutor implements InstructionExecutor<Add> {
  @Override
  public void plan(Add add, StepContext step) throws StepException {
    if (add.checksum().isPresent()) {
      checkChecksum(add.sources());
    }
    List<CopyItem> items = new ArrayList<>();
    for (String source : add.sources()) {
      items.add(item(source, add, step));
    }
    add.heredocs().forEach(heredoc -> items.add(new HeredocItem(heredoc.name(), heredoc.body())));
    CopyWork work =
        new CopyWork(
            items,
            CopyFlags.destination(add.destination(), step),
            add.chown().map(OwnerSpec::parse),
            CopyFlags.mode(add.chmod()),
            add.chmod().orElse(""));
    step.layer(
        CopyFlags.history(
            "ADD", add.chown(), add.chmod(), add.sources(), add.heredocs(), add.destination()),
        work);
  }

  private static void checkChecksum(List<String> sources) throws StepException {
    if (sources.size() != 1) {
      throw new StepException("checksum can't be specified for multiple sources");
    }
    if (!RemoteSources.isRemote(sources.get(0))) {
      throw new StepException("checksum requires HTTP(S) or Git sources");
    }
  }

  private static CopyItem item(String source, Add add, StepContext step) throws StepException {
    Optional<GitSource> git = GitSource.parse(source);
    if (git.isPresent()) {
      return GitItem.of(git.get(), add.keepGitDir(), add.checksum());
    }
    if (RemoteSources.isUrl(source)) {
      return UrlItem.of(source, add.checksum(), add.unpack().orElse(false));
    }
    PathItem item =
        new PathItem(
            step.buildContext(),
            SourcePattern.of(source),
            PatternFilters.excluding(add.excludes()),
            Optional.empty(),
            add.unpack().orElse(true));
    step.buildContext().need(SlashPath.absolute(source));
    return item;
  }
}
