// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.lamina.dockerfile.Add;
import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.ArgDefinition;
import dev.lamina.dockerfile.Cmd;
import dev.lamina.dockerfile.CommandLine;
import dev.lamina.dockerfile.Copy;
import dev.lamina.dockerfile.Custom;
import dev.lamina.dockerfile.Entrypoint;
import dev.lamina.dockerfile.Env;
import dev.lamina.dockerfile.Expose;
import dev.lamina.dockerfile.From;
import dev.lamina.dockerfile.Healthcheck;
import dev.lamina.dockerfile.Heredoc;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.KeyValue;
import dev.lamina.dockerfile.Label;
import dev.lamina.dockerfile.Maintainer;
import dev.lamina.dockerfile.NetworkMode;
import dev.lamina.dockerfile.OnBuild;
import dev.lamina.dockerfile.Run;
import dev.lamina.dockerfile.SecurityMode;
import dev.lamina.dockerfile.Shell;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.StopSignal;
import dev.lamina.dockerfile.User;
import dev.lamina.dockerfile.Volume;
import dev.lamina.dockerfile.Workdir;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Instructions in the shape that BuildKit's structures have as JSON. */
final class InstructionJson implements Instruction.Visitor<JsonObject> {

  private final Statement statement;

  private InstructionJson(Statement statement) {
    this.statement = statement;
  }

  /** Returns a command of a stage: its keyword, its fields, and what BuildKit keeps beside them. */
  static JsonObject command(Statement statement) {
    Instruction instruction = statement.instruction();
    JsonObject json = new JsonObject();
    json.addProperty("cmd", instruction.keyword().toLowerCase(Locale.ROOT));
    if (instruction instanceof Run run) {
      json.addProperty("mounts", run.mounts().size());
      run.network()
          .filter(mode -> mode != NetworkMode.DEFAULT)
          .ifPresent(mode -> json.addProperty("network", lower(mode)));
      run.security()
          .filter(mode -> mode != SecurityMode.SANDBOX)
          .ifPresent(mode -> json.addProperty("security", lower(mode)));
      if (run.mounts().isEmpty()) {
        json.remove("mounts");
      }
    }
    json.add("v", instruction.accept(new InstructionJson(statement)));
    return json;
  }

  static JsonObject args(Arg arg, Statement statement) {
    return new InstructionJson(statement).visitArg(arg);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public JsonObject visitAdd(Add add) {
    JsonObject json = sources(add.sources(), add.heredocs(), add.destination());
    json.add("Chown", text(add.chown()));
    json.add("Chmod", text(add.chmod()));
    json.addProperty("Link", add.link());
    json.add("ExcludePatterns", texts(add.excludes()));
    json.add("KeepGitDir", choice(add.keepGitDir()));
    json.add("Checksum", text(add.checksum()));
    json.add("Unpack", choice(add.unpack()));
    return json;
  }

  @Override
  public JsonObject visitCopy(Copy copy) {
    JsonObject json = sources(copy.sources(), copy.heredocs(), copy.destination());
    json.add("From", text(copy.from()));
    json.add("Chown", text(copy.chown()));
    json.add("Chmod", text(copy.chmod()));
    json.addProperty("Link", copy.link());
    json.addProperty("Parents", copy.parents());
    json.add("ExcludePatterns", texts(copy.excludes()));
    return json;
  }

  private static JsonObject sources(
      List<String> paths, List<Heredoc> heredocs, String destination) {
    JsonArray contents = new JsonArray();
    for (Heredoc heredoc : heredocs) {
      JsonObject content = new JsonObject();
      content.add("Path", text(heredoc.name()));
      content.add("Data", text(heredoc.body()));
      content.addProperty("Expand", heredoc.expand());
      contents.add(content);
    }
    JsonObject json = new JsonObject();
    json.add("DestPath", text(destination));
    json.add("SourcePaths", texts(paths));
    json.add("SourceContents", contents);
    return json;
  }

  @Override
  public JsonObject visitArg(Arg arg) {
    JsonArray args = new JsonArray();
    for (ArgDefinition definition : arg.arguments()) {
      JsonObject json = new JsonObject();
      json.add("Key", text(definition.name()));
      json.add(
          "Value", definition.defaultValue().map(InstructionJson::text).orElse(JsonNull.INSTANCE));
      json.add("DocComment", text(statement.description(definition.name()).orElse("")));
      args.add(json);
    }
    return object("Args", args);
  }

  @Override
  public JsonObject visitCmd(Cmd cmd) {
    return commandLine(cmd.command());
  }

  @Override
  public JsonObject visitEntrypoint(Entrypoint entrypoint) {
    return commandLine(entrypoint.command());
  }

  private static JsonObject commandLine(CommandLine command) {
    JsonObject json = object("CmdLine", texts(command.words()));
    json.addProperty("PrependShell", command instanceof CommandLine.ShellForm);
    return json;
  }

  @Override
  public JsonObject visitRun(Run run) {
    JsonObject json = commandLine(run.command());
    JsonArray files = new JsonArray();
    for (Heredoc heredoc : run.heredocs()) {
      JsonObject file = new JsonObject();
      file.add("Name", text(heredoc.name()));
      file.add("Data", text(heredoc.content()));
      file.addProperty("Chomp", heredoc.chomp());
      files.add(file);
    }
    json.add("Files", files);
    List<String> flags = new ArrayList<>();
    if (!run.devices().isEmpty()) {
      flags.add("device");
    }
    if (!run.mounts().isEmpty()) {
      flags.add("mount");
    }
    run.network().ifPresent(mode -> flags.add("network"));
    run.security().ifPresent(mode -> flags.add("security"));
    json.add("FlagsUsed", texts(flags));
    return json;
  }

  @Override
  public JsonObject visitCustom(Custom custom) {
    throw new IllegalStateException("no custom keywords here");
  }

  @Override
  public JsonObject visitEnv(Env env) {
    return object("Env", pairs(env.variables()));
  }

  @Override
  public JsonObject visitLabel(Label label) {
    return object("Labels", pairs(label.labels()));
  }

  private static JsonArray pairs(List<KeyValue> pairs) {
    JsonArray array = new JsonArray();
    for (KeyValue pair : pairs) {
      JsonObject json = new JsonObject();
      json.add("Key", text(pair.key()));
      json.add("Value", text(pair.value()));
      json.addProperty("NoDelim", pair.legacy());
      array.add(json);
    }
    return array;
  }

  @Override
  public JsonObject visitExpose(Expose expose) {
    return object("Ports", texts(expose.ports()));
  }

  @Override
  public JsonObject visitFrom(From from) {
    throw new IllegalStateException("FROM is the head of a stage");
  }

  @Override
  public JsonObject visitHealthcheck(Healthcheck check) {
    JsonObject health = new JsonObject();
    List<String> test = new ArrayList<>();
    if (check.command().isPresent()) {
      CommandLine command = check.command().get();
      test.add(command instanceof CommandLine.ExecForm ? "CMD" : "CMD-SHELL");
      test.addAll(command.words());
    } else {
      test.add("NONE");
    }
    health.add("Test", texts(test));
    addUnlessZero(health, "Interval", check.interval().toNanos());
    addUnlessZero(health, "Timeout", check.timeout().toNanos());
    addUnlessZero(health, "StartPeriod", check.startPeriod().toNanos());
    addUnlessZero(health, "StartInterval", check.startInterval().toNanos());
    addUnlessZero(health, "Retries", check.retries());
    return object("Health", health);
  }

  private static void addUnlessZero(JsonObject json, String name, long number) {
    if (number != 0) {
      json.addProperty(name, number);
    }
  }

  @Override
  public JsonObject visitMaintainer(Maintainer maintainer) {
    return object("Maintainer", text(maintainer.name()));
  }

  @Override
  public JsonObject visitOnBuild(OnBuild onBuild) {
    return object("Expression", text(onBuild.trigger()));
  }

  @Override
  public JsonObject visitShell(Shell shell) {
    return object("Shell", texts(shell.command()));
  }

  @Override
  public JsonObject visitStopSignal(StopSignal stopSignal) {
    return object("Signal", text(stopSignal.signal()));
  }

  @Override
  public JsonObject visitUser(User user) {
    return object("User", text(user.user()));
  }

  @Override
  public JsonObject visitVolume(Volume volume) {
    return object("Volumes", texts(volume.paths()));
  }

  @Override
  public JsonObject visitWorkdir(Workdir workdir) {
    return object("Path", text(workdir.path()));
  }

  private static JsonObject object(String name, JsonElement value) {
    JsonObject json = new JsonObject();
    json.add(name, value);
    return json;
  }

  private static JsonElement text(String text) {
    return new JsonPrimitive(Text.printable(text));
  }

  private static JsonElement text(Optional<String> text) {
    return text(text.orElse(""));
  }

  private static JsonElement choice(Optional<Boolean> choice) {
    return choice.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(text -> array.add(text(text)));
    return array;
  }
}
