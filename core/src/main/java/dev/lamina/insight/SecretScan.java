// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Change;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.EnvVariable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks for secrets wherever an image can hold one: in every layer, also in files that a later step
 * deleted; in the environment, the labels, the commands and the history.
 *
 * <p>It finds what can be told by its form. An image without a finding is not proven to be free of
 * secrets.
 */
public final class SecretScan {
  private static final Pattern TELLING_NAME =
      Pattern.compile(
          "(?i).*(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIALS?)(_?\\d+)?");
  private static final Pattern URL_PASSWORD =
      Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s:@]*:[^/\\s:@$]+@[^\\s/]+");

  private final Timeline timeline;
  private final List<SecretRule> rules;
  private final Set<Secret> found = new LinkedHashSet<>();

  private SecretScan(Timeline timeline, List<SecretRule> rules) {
    this.timeline = timeline;
    this.rules = rules;
  }

  /**
   * Returns what is found, the lowest layer first, each place once.
   *
   * @param rules what to look for in files and texts; in the configuration, variables whose name
   *     says that they hold a secret and URLs with a password are found besides
   * @throws IOException if a layer can't be read
   */
  public static List<Secret> scan(Timeline timeline, List<SecretRule> rules) throws IOException {
    SecretScan scan = new SecretScan(timeline, List.copyOf(rules));
    scan.layers();
    scan.configuration();
    return List.copyOf(scan.found);
  }

  private void layers() throws IOException {
    FileTree last = timeline.last().tree();
    for (Step step : timeline.steps()) {
      for (Change change : step.changes()) {
        if (change instanceof Change.Put put && put.node() instanceof Node.File file) {
          scan(step, put.path(), file.content(), isVisible(last, put.path(), file));
        }
      }
      text(step.entry().createdBy(), step.number(), "the history of step " + step.number());
    }
  }

  private static boolean isVisible(FileTree last, TreePath path, Node.File file)
      throws IOException {
    TreePath place = Blame.followParents(last, path);
    return last.node(place).orElse(null) instanceof Node.File now
        && Comparison.sameBytes(now.content(), file.content());
  }

  private void scan(Step step, TreePath path, Content content, boolean visible) throws IOException {
    TextLines.read(
        content,
        (number, line) -> {
          for (SecretRule rule : rules) {
            if (rule.pattern().matcher(line).find()) {
              String where = Texts.safe(path.toString()) + ":" + number;
              found.add(new Secret(rule.name(), step.number(), where, visible));
            }
          }
        });
  }

  private void configuration() {
    ContainerConfig config = timeline.config().config();
    for (EnvVariable variable : EnvVariable.parseAll(config.env())) {
      String name = variable.name();
      String value = variable.value();
      String where = "environment variable " + Texts.safe(name);
      if (!value.isEmpty() && TELLING_NAME.matcher(name).matches() && !isPath(value)) {
        found.add(new Secret("value that its name calls a secret", 0, where, true));
      }
      text(value, 0, where);
    }
    for (Map.Entry<String, String> label : config.labels().entrySet()) {
      text(label.getValue(), 0, "label " + Texts.safe(label.getKey()));
    }
    List<String> commands = new ArrayList<>(config.entrypoint());
    commands.addAll(config.cmd());
    commands.addAll(config.onBuild());
    commands.forEach(argument -> text(argument, 0, "the commands of the configuration"));
  }

  /** A variable such as {@code TOKEN_FILE=/run/secrets/token} says where a secret is. */
  private static boolean isPath(String value) {
    return value.startsWith("/");
  }

  private void text(String text, int step, String where) {
    for (SecretRule rule : rules) {
      if (rule.pattern().matcher(text).find()) {
        found.add(new Secret(rule.name(), step, where, true));
      }
    }
    if (URL_PASSWORD.matcher(text).find()) {
      found.add(new Secret("password in a URL", step, where, true));
    }
  }
}
