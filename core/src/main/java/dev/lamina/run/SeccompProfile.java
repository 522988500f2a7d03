// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The {@code linux.seccomp} part of an OCI runtime config: a list of allowed system calls, as
 * Docker's default has one. What is not on it fails with EPERM.
 *
 * @see <a
 *     href="https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp">config-linux.md</a>
 */
final class SeccompProfile {
  private static final int ENOSYS = 38;
  private static final int AF_VSOCK = 40;

  /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
  private static final long CLONE_NAMESPACES = 0x7e02_0000L;

  /** PER_LINUX, PER_LINUX32 and UNAME26 over each, and the value that only asks. */
  private static final List<Long> PERSONALITIES =
      List.of(0L, 8L, 0x2_0000L, 0x2_0008L, 0xffff_ffffL);

  private SeccompProfile() {}

  /** Returns the profile for a machine as {@code os.arch} names it. */
  static JsonObject of(String osArch) {
    JsonObject profile = new JsonObject();
    profile.addProperty("defaultAction", "SCMP_ACT_ERRNO");
    JsonArray architectures = new JsonArray();
    architectures(osArch).forEach(architectures::add);
    if (!architectures.isEmpty()) {
      profile.add("architectures", architectures);
    }
    JsonArray rules = new JsonArray();
    JsonObject plain = rule("SCMP_ACT_ALLOW");
    JsonArray names = new JsonArray();
    allowed().forEach(names::add);
    plain.add("names", names);
    rules.add(plain);
    rules.add(
        rule(
            "clone",
            arg(osArch.startsWith("s390") ? 1 : 0, CLONE_NAMESPACES, 0, "SCMP_CMP_MASKED_EQ")));
    JsonObject clone3 = rule("SCMP_ACT_ERRNO");
    clone3.add("names", array("clone3"));
    clone3.addProperty(
        "errnoRet", ENOSYS); // its flags are behind a pointer; libc falls back to clone
    rules.add(clone3);
    rules.add(rule("socket", arg(0, AF_VSOCK, 0, "SCMP_CMP_NE")));
    for (long personality : PERSONALITIES) {
      rules.add(rule("personality", arg(0, personality, 0, "SCMP_CMP_EQ")));
    }
    profile.add("syscalls", rules);
    return profile;
  }

  private static List<String> architectures(String osArch) {
    return switch (osArch) {
      case "amd64", "x86_64" -> List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");
      case "aarch64", "arm64" -> List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
      default -> List.of();
    };
  }

  private static JsonObject rule(String action) {
    JsonObject rule = new JsonObject();
    rule.addProperty("action", action);
    return rule;
  }

  private static JsonObject rule(String name, JsonObject arg) {
    JsonObject rule = rule("SCMP_ACT_ALLOW");
    rule.add("names", array(name));
    JsonArray args = new JsonArray();
    args.add(arg);
    rule.add("args", args);
    return rule;
  }

  private static JsonObject arg(int index, long value, long valueTwo, String op) {
    JsonObject arg = new JsonObject();
    arg.addProperty("index", index);
    arg.addProperty("value", value);
    arg.addProperty("valueTwo", valueTwo);
    arg.addProperty("op", op);
    return arg;
  }

  private static JsonArray array(String value) {
    JsonArray array = new JsonArray();
    array.add(value);
    return array;
  }

  private static List<String> allowed() {
    try (InputStream in = SeccompProfile.class.getResourceAsStream("syscalls.txt")) {
      if (in == null) {
        throw new IllegalStateException("syscalls.txt is not beside " + SeccompProfile.class);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
