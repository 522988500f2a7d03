// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import com.google.gson.JsonObject;
import dev.lamina.json.GoJson;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.JsonMembers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * How containers of an image are run. Absent and empty are the same, as they are for Docker; sets
 * and maps are in the order of their UTF-8 bytes. Immutable: each {@code with…} returns a copy.
 * Fields unknown here are kept.
 *
 * <p>{@code withEnv}, {@code withLabel} and their like do what the Dockerfile's instructions do.
 */
public final class ContainerConfig {
  /** A configuration that says nothing. */
  public static final ContainerConfig EMPTY = new ContainerConfig(new Draft());

  private static final Set<String> KNOWN =
      Set.of(
          "User",
          "ExposedPorts",
          "Env",
          "Entrypoint",
          "Cmd",
          "Volumes",
          "WorkingDir",
          "Labels",
          "StopSignal",
          "ArgsEscaped",
          "Healthcheck",
          "OnBuild",
          "Shell");

  private final String user;
  private final Set<String> exposedPorts;
  private final List<String> env;
  private final List<String> entrypoint;
  private final List<String> cmd;
  private final Set<String> volumes;
  private final String workingDir;
  private final Map<String, String> labels;
  private final String stopSignal;
  private final boolean argsEscaped;
  private final Optional<Healthcheck> healthcheck;
  private final List<String> onBuild;
  private final List<String> shell;
  private final JsonObject unknown;

  private ContainerConfig(Draft draft) {
    this.user = draft.user;
    this.exposedPorts = draft.exposedPorts;
    this.env = List.copyOf(draft.env);
    this.entrypoint = List.copyOf(draft.entrypoint);
    this.cmd = List.copyOf(draft.cmd);
    this.volumes = draft.volumes;
    this.workingDir = draft.workingDir;
    this.labels = draft.labels;
    this.stopSignal = draft.stopSignal;
    this.argsEscaped = draft.argsEscaped;
    this.healthcheck = draft.healthcheck;
    this.onBuild = List.copyOf(draft.onBuild);
    this.shell = List.copyOf(draft.shell);
    this.unknown = draft.unknown;
  }

  /** Returns the user processes run as, {@code name|uid[:group|gid]}; empty is root. */
  public String user() {
    return user;
  }

  /** Returns the ports the image says it listens on: {@code 80/tcp}. */
  public Set<String> exposedPorts() {
    return exposedPorts;
  }

  /** Returns the environment, {@code NAME=value}, in order. */
  public List<String> env() {
    return env;
  }

  /** Returns the command a container always starts. */
  public List<String> entrypoint() {
    return entrypoint;
  }

  /** Returns the arguments of the entrypoint, or the command if there is none. */
  public List<String> cmd() {
    return cmd;
  }

  /** Returns the paths that are volumes. */
  public Set<String> volumes() {
    return volumes;
  }

  /** Returns the folder processes start in; empty is {@code /}. */
  public String workingDir() {
    return workingDir;
  }

  /** Returns the labels. */
  public Map<String, String> labels() {
    return labels;
  }

  /** Returns the signal that stops a container; empty is {@code SIGTERM}. */
  public String stopSignal() {
    return stopSignal;
  }

  /** Returns whether Docker marked the command as escaped; says nothing on Linux. */
  public boolean argsEscaped() {
    return argsEscaped;
  }

  /** Returns how a container is asked whether it is well. */
  public Optional<Healthcheck> healthcheck() {
    return healthcheck;
  }

  /** Returns instructions that run when the image is built upon. */
  public List<String> onBuild() {
    return onBuild;
  }

  /** Returns the shell of the shell forms; empty is {@code /bin/sh -c}. */
  public List<String> shell() {
    return shell;
  }

  /** Returns this with another value of {@link #user()}. */
  public ContainerConfig withUser(String newUser) {
    return with(draft -> draft.user = newUser);
  }

  /** Returns this with another value of {@link #exposedPorts()}. */
  public ContainerConfig withExposedPorts(Set<String> newExposedPorts) {
    return with(draft -> draft.exposedPorts = sorted(newExposedPorts));
  }

  /** Returns this with another value of {@link #env()}. */
  public ContainerConfig withEnv(List<String> newEnv) {
    return with(draft -> draft.env = newEnv);
  }

  /** Returns this with another value of {@link #entrypoint()}. */
  public ContainerConfig withEntrypoint(List<String> newEntrypoint) {
    return with(draft -> draft.entrypoint = newEntrypoint);
  }

  /** Returns this with another value of {@link #cmd()}. */
  public ContainerConfig withCmd(List<String> newCmd) {
    return with(draft -> draft.cmd = newCmd);
  }

  /** Returns this with another value of {@link #volumes()}. */
  public ContainerConfig withVolumes(Set<String> newVolumes) {
    return with(draft -> draft.volumes = sorted(newVolumes));
  }

  /** Returns this with another value of {@link #workingDir()}. */
  public ContainerConfig withWorkingDir(String newWorkingDir) {
    return with(draft -> draft.workingDir = newWorkingDir);
  }

  /** Returns this with another value of {@link #labels()}. */
  public ContainerConfig withLabels(Map<String, String> newLabels) {
    return with(draft -> draft.labels = sorted(newLabels));
  }

  /** Returns this with another value of {@link #stopSignal()}. */
  public ContainerConfig withStopSignal(String newStopSignal) {
    return with(draft -> draft.stopSignal = newStopSignal);
  }

  /** Returns this with another value of {@link #argsEscaped()}. */
  public ContainerConfig withArgsEscaped(boolean newArgsEscaped) {
    return with(draft -> draft.argsEscaped = newArgsEscaped);
  }

  /** Returns this with another value of {@link #healthcheck()}. */
  public ContainerConfig withHealthcheck(Optional<Healthcheck> newHealthcheck) {
    return with(draft -> draft.healthcheck = newHealthcheck);
  }

  /** Returns this with another value of {@link #onBuild()}. */
  public ContainerConfig withOnBuild(List<String> newOnBuild) {
    return with(draft -> draft.onBuild = newOnBuild);
  }

  /** Returns this with another value of {@link #shell()}. */
  public ContainerConfig withShell(List<String> newShell) {
    return with(draft -> draft.shell = newShell);
  }

  /** Returns the value of an environment variable, if it is set. */
  public Optional<String> env(String name) {
    String prefix = name + "=";
    return env.stream()
        .filter(entry -> entry.startsWith(prefix))
        .findFirst()
        .map(entry -> entry.substring(prefix.length()));
  }

  /**
   * Returns this with an environment variable set: in its place if it was there, else at the end.
   */
  public ContainerConfig withEnv(String name, String value) {
    String prefix = name + "=";
    List<String> list = new ArrayList<>(env);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).startsWith(prefix)) {
        list.set(i, prefix + value);
        return withEnv(list);
      }
    }
    list.add(prefix + value);
    return withEnv(list);
  }

  /** Returns this with a label more, or another value for it. */
  public ContainerConfig withLabel(String name, String value) {
    SortedMap<String, String> map = new TreeMap<>(GoJson.KEY_ORDER);
    map.putAll(labels); // in linear time, of what is sorted
    map.put(name, value);
    return with(draft -> draft.labels = Collections.unmodifiableSortedMap(map));
  }

  /** Returns this with a port more, such as {@code 80/tcp}. */
  public ContainerConfig withExposedPort(String port) {
    return withExposedPorts(plus(exposedPorts, port));
  }

  /** Returns this with a volume more. */
  public ContainerConfig withVolume(String path) {
    return withVolumes(plus(volumes, path));
  }

  static ContainerConfig read(JsonFields fields) throws InvalidJsonException {
    Draft draft = new Draft();
    draft.user = fields.string("User").orElse("");
    draft.exposedPorts = sorted(keys(fields, "ExposedPorts"));
    draft.env = fields.strings("Env");
    draft.entrypoint = fields.strings("Entrypoint");
    draft.cmd = fields.strings("Cmd");
    draft.volumes = sorted(keys(fields, "Volumes"));
    draft.workingDir = fields.string("WorkingDir").orElse("");
    draft.labels = sorted(fields.stringMap("Labels"));
    draft.stopSignal = fields.string("StopSignal").orElse("");
    draft.argsEscaped = fields.isTrue("ArgsEscaped");
    Optional<JsonFields> healthcheck = fields.fields("Healthcheck");
    if (healthcheck.isPresent()) {
      draft.healthcheck = Optional.of(Healthcheck.read(healthcheck.get()));
    }
    draft.onBuild = fields.strings("OnBuild");
    draft.shell = fields.strings("Shell");
    JsonMembers unknown = new JsonMembers();
    unknown.putUnknown(fields.object(), KNOWN);
    draft.unknown = unknown.object();
    return new ContainerConfig(draft);
  }

  /** Writes the fields in BuildKit's order, then those unknown here that aren't in {@code but}. */
  JsonObject write(Set<String> but) {
    JsonMembers json = new JsonMembers();
    json.put("User", user);
    json.putSet("ExposedPorts", exposedPorts);
    json.put("Env", env);
    json.put("Entrypoint", entrypoint);
    json.put("Cmd", cmd);
    json.putSet("Volumes", volumes);
    json.put("WorkingDir", workingDir);
    json.put("Labels", labels);
    json.put("StopSignal", stopSignal);
    json.put("ArgsEscaped", argsEscaped);
    healthcheck.ifPresent(check -> json.put("Healthcheck", check.write()));
    json.put("OnBuild", onBuild);
    json.put("Shell", shell);
    json.putUnknown(unknown, but);
    return json.object();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContainerConfig config
        && write(Set.of()).equals(config.write(Set.of()));
  }

  @Override
  public int hashCode() {
    return write(Set.of()).hashCode();
  }

  /** Returns the configuration as JSON. */
  @Override
  public String toString() {
    return GoJson.text(write(Set.of()));
  }

  private ContainerConfig with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.user = user;
    draft.exposedPorts = exposedPorts;
    draft.env = env;
    draft.entrypoint = entrypoint;
    draft.cmd = cmd;
    draft.volumes = volumes;
    draft.workingDir = workingDir;
    draft.labels = labels;
    draft.stopSignal = stopSignal;
    draft.argsEscaped = argsEscaped;
    draft.healthcheck = healthcheck;
    draft.onBuild = onBuild;
    draft.shell = shell;
    draft.unknown = unknown;
    change.accept(draft);
    return new ContainerConfig(draft);
  }

  private static Set<String> keys(JsonFields fields, String name) throws InvalidJsonException {
    Optional<JsonFields> object = fields.fields(name);
    return object.isEmpty() ? Set.of() : object.get().object().keySet();
  }

  private static Set<String> plus(Set<String> set, String element) {
    Set<String> more = new TreeSet<>(GoJson.KEY_ORDER);
    more.addAll(set);
    more.add(element);
    return more;
  }

  private static Set<String> sorted(Collection<String> values) {
    SortedSet<String> set = new TreeSet<>(GoJson.KEY_ORDER);
    set.addAll(values);
    return Collections.unmodifiableSortedSet(set);
  }

  private static Map<String, String> sorted(Map<String, String> values) {
    SortedMap<String, String> map = new TreeMap<>(GoJson.KEY_ORDER);
    map.putAll(values);
    return Collections.unmodifiableSortedMap(map);
  }

  /** The fields while a copy is made; sets and maps are sorted, and changed by nobody. */
  private static final class Draft {
    private String user = "";
    private Set<String> exposedPorts = Set.of();
    private List<String> env = List.of();
    private List<String> entrypoint = List.of();
    private List<String> cmd = List.of();
    private Set<String> volumes = Set.of();
    private String workingDir = "";
    private Map<String, String> labels = Map.of();
    private String stopSignal = "";
    private boolean argsEscaped = false;
    private Optional<Healthcheck> healthcheck = Optional.empty();
    private List<String> onBuild = List.of();
    private List<String> shell = List.of();
    private JsonObject unknown = new JsonObject();
  }
}
