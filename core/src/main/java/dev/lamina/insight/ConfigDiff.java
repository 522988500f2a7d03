// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.EnvVariable;
import dev.lamina.oci.ImageConfig;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what two images say of themselves, setting by setting. */
final class ConfigDiff {
  private ConfigDiff() {}

  static void add(ImageConfig before, ImageConfig after, List<Difference> all) {
    add(settings(before), settings(after), Difference.Kind.CONFIG, all);
  }

  static void add(
      Map<String, String> before,
      Map<String, String> after,
      Difference.Kind kind,
      List<Difference> all) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Optional<String> was = Optional.ofNullable(before.get(name));
      Optional<String> is = Optional.ofNullable(after.get(name));
      if (!was.equals(is)) {
        all.add(new Difference(kind, name, was, is));
      }
    }
  }

  private static Map<String, String> settings(ImageConfig image) {
    Map<String, String> settings = new LinkedHashMap<>();
    ContainerConfig config = image.config();
    put(settings, "platform", image.platform().toString());
    put(settings, "created", image.created().map(Instant::toString).orElse(""));
    put(settings, "author", image.author());
    put(settings, "user", config.user());
    put(settings, "workdir", config.workingDir());
    put(settings, "entrypoint", list(config.entrypoint()));
    put(settings, "cmd", list(config.cmd()));
    put(settings, "exposed ports", list(config.exposedPorts()));
    put(settings, "volumes", list(config.volumes()));
    put(settings, "stop signal", config.stopSignal());
    put(settings, "healthcheck", config.healthcheck().map(Object::toString).orElse(""));
    put(settings, "triggers", list(config.onBuild()));
    put(settings, "shell", list(config.shell()));
    for (EnvVariable variable : EnvVariable.parseAll(config.env())) {
      settings.put("env " + variable.name(), variable.value());
    }
    config.labels().forEach((name, value) -> settings.put("label " + name, value));
    return settings;
  }

  private static void put(Map<String, String> settings, String name, String value) {
    if (!value.isEmpty()) {
      settings.put(name, value);
    }
  }

  private static String list(Iterable<String> values) {
    String text = String.join(", ", values);
    return text.isEmpty() ? "" : "[" + text + "]";
  }
}
