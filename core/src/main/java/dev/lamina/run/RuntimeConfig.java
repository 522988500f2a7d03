// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.SecurityMode;
import dev.lamina.spi.Ulimit;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The {@code config.json} of an OCI bundle: one process, confined as BuildKit confines a RUN.
 *
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/main/config.md">config.md</a>
 */
final class RuntimeConfig {
  private static final String UNLIMITED = "18446744073709551615";

  private RuntimeConfig() {}

  /**
   * Returns the document.
   *
   * @param spec what to run
   * @param root the root's host path
   * @param mounts what to mount in it, in this order
   * @param cgroup the cgroup to make for it; empty if none can be made
   */
  static byte[] of(ProcessSpec spec, String root, List<HostMount> mounts, String cgroup) {
    JsonObject config = new JsonObject();
    config.addProperty("ociVersion", "1.0.2");
    config.add("process", process(spec));
    JsonObject rootPath = new JsonObject();
    rootPath.addProperty("path", root);
    config.add("root", rootPath);
    config.addProperty("hostname", spec.hostname());
    JsonArray list = new JsonArray();
    mounts.forEach(mount -> list.add(mount(mount)));
    config.add("mounts", list);
    config.add("linux", linux(spec, cgroup));
    return config.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject process(ProcessSpec spec) {
    JsonObject process = new JsonObject();
    process.addProperty("terminal", false);
    JsonObject user = new JsonObject();
    user.addProperty("uid", spec.user().uid());
    user.addProperty("gid", spec.user().gid());
    JsonArray groups = new JsonArray();
    spec.user().additionalGroups().forEach(groups::add);
    user.add("additionalGids", groups);
    process.add("user", user);
    process.add("args", strings(spec.argv()));
    process.add("env", strings(environment(spec)));
    process.addProperty("cwd", spec.workingDirectory());
    boolean sandbox = spec.security() == SecurityMode.SANDBOX;
    JsonArray capabilities = strings(sandbox ? Capabilities.DEFAULT : Capabilities.ALL);
    JsonObject sets = new JsonObject();
    for (String set : List.of("bounding", "effective", "permitted")) {
      sets.add(set, capabilities);
    }
    process.add("capabilities", sets);
    process.add("rlimits", limits(spec.ulimits()));
    process.addProperty("noNewPrivileges", false);
    return process;
  }

  /** Returns the environment as {@code NAME=value}, with HOME if the spec has none. */
  static List<String> environment(ProcessSpec spec) {
    List<String> env = new ArrayList<>();
    spec.env().forEach((name, value) -> env.add(name + "=" + value));
    spec.secretEnv().forEach((name, value) -> env.add(name + "=" + value));
    Map<String, String> all = spec.env();
    if (!all.containsKey("HOME") && !spec.secretEnv().containsKey("HOME")) {
      env.add("HOME=" + spec.user().home());
    }
    return env;
  }

  private static JsonArray limits(List<Ulimit> ulimits) {
    JsonArray limits = new JsonArray();
    for (Ulimit ulimit : ulimits) {
      JsonObject limit = new JsonObject();
      limit.addProperty("type", "RLIMIT_" + ulimit.name().toUpperCase(Locale.ROOT));
      limit.add("soft", limit(ulimit.soft()));
      limit.add("hard", limit(ulimit.hard()));
      limits.add(limit);
    }
    return limits;
  }

  private static JsonElement limit(long value) {
    JsonArray holder = new JsonArray();
    if (value == -1) {
      holder.add(new BigInteger(UNLIMITED));
    } else {
      holder.add(value);
    }
    return holder.get(0);
  }

  private static JsonObject mount(HostMount mount) {
    JsonObject json = new JsonObject();
    json.addProperty("destination", mount.target());
    json.addProperty("type", mount.type());
    json.addProperty("source", mount.source());
    json.add("options", strings(mount.options()));
    return json;
  }

  private static JsonObject linux(ProcessSpec spec, String cgroup) {
    JsonObject linux = new JsonObject();
    JsonArray namespaces = new JsonArray();
    List<String> types = new ArrayList<>(List.of("pid", "ipc", "uts", "mount"));
    if (spec.network() == NetworkMode.NONE) {
      types.add("network");
    }
    for (String type : types) {
      JsonObject namespace = new JsonObject();
      namespace.addProperty("type", type);
      namespaces.add(namespace);
    }
    linux.add("namespaces", namespaces);
    if (!cgroup.isEmpty()) {
      linux.addProperty("cgroupsPath", cgroup);
    }
    if (spec.security() == SecurityMode.SANDBOX) {
      if (!cgroup.isEmpty()) {
        linux.add("resources", noDevicesButTheUsual());
      }
      linux.add("maskedPaths", strings(StandardMounts.MASKED));
      linux.add("readonlyPaths", strings(StandardMounts.READ_ONLY));
      linux.add("seccomp", SeccompProfile.of(System.getProperty("os.arch")));
    }
    return linux;
  }

  /**
   * Without this, CAP_MKNOD would open the host's disks; runtimes add null, zero, tty… to the list
   * themselves.
   */
  private static JsonObject noDevicesButTheUsual() {
    JsonObject deny = new JsonObject();
    deny.addProperty("allow", false);
    deny.addProperty("access", "rwm");
    JsonArray devices = new JsonArray();
    devices.add(deny);
    JsonObject resources = new JsonObject();
    resources.add("devices", devices);
    return resources;
  }

  private static JsonArray strings(Collection<String> values) {
    JsonArray array = new JsonArray(values.size());
    values.forEach(array::add);
    return array;
  }
}
