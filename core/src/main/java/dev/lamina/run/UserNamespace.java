// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A user name space in which an ordinary user is root. It lasts as long as a helper process, which
 * ends with this JVM.
 *
 * <p>With a range of subordinate ids ({@code /etc/subuid}, {@code /etc/subgid} and the programs
 * {@code newuidmap} and {@code newgidmap}) the images' other users are ids of that range. Without,
 * there is root alone.
 */
final class UserNamespace {
  private static final Path SUBUID = Path.of("/etc/subuid");
  private static final Path SUBGID = Path.of("/etc/subgid");

  private UserNamespace() {}

  /** A part of /etc/subuid or /etc/subgid. */
  private record Range(long start, long count) {}

  /**
   * Makes one.
   *
   * @throws RunException if the kernel refuses
   */
  static Identity enter() throws IOException {
    long uid = id("unix:uid");
    long gid = id("unix:gid");
    Process holder =
        HostCommand.start(
            List.of("unshare", "--user", "sh", "-c", "echo ready; while read -r l; do :; done"));
    boolean mapped = false;
    try {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
      if (!"ready".equals(out.readLine())) {
        byte[] stderr = holder.getErrorStream().readNBytes(16 * 1024);
        throw new RunException(
            "user name space: "
                + HostCommand.last(new String(stderr, StandardCharsets.UTF_8))
                + " (is kernel.unprivileged_userns_clone 0, or user.max_user_namespaces?)");
      }
      Identity identity = map(holder.pid(), uid, gid);
      mapped = true;
      return identity;
    } finally {
      if (!mapped) {
        holder.destroyForcibly();
      }
    }
  }

  private static long id(String attribute) throws IOException {
    Object id = Files.getAttribute(Path.of("/proc/self"), attribute);
    return Integer.toUnsignedLong((Integer) id);
  }

  private static Identity map(long pid, long uid, long gid) throws IOException {
    String process = Long.toString(pid);
    List<String> prefix =
        List.of("nsenter", "--user=/proc/" + pid + "/ns/user", "--preserve-credentials", "--");
    String refusal = mapRanges(process, uid, gid);
    if (refusal.isEmpty()) {
      return new Identity("range-" + uid, "rootless, with subordinate ids", prefix, List.of());
    }
    Path folder = Path.of("/proc", process);
    Files.writeString(folder.resolve("setgroups"), "deny");
    Files.writeString(folder.resolve("uid_map"), "0 " + uid + " 1");
    Files.writeString(folder.resolve("gid_map"), "0 " + gid + " 1");
    return new Identity(
        "single-" + uid,
        "rootless, root alone",
        prefix,
        List.of(
            "the image has one user and one group, root: chown, USER and programs that change their"
                + " user (apt-get, su, adduser) fail, and every file of a layer belongs to root ("
                + refusal
                + ")"));
  }

  /** Maps the user's ranges; returns why it could not. */
  private static String mapRanges(String pid, long uid, long gid) throws IOException {
    Optional<Range> uids = range(SUBUID, uid);
    Optional<Range> gids = range(SUBGID, uid);
    if (uids.isEmpty() || gids.isEmpty()) {
      return (uids.isEmpty() ? SUBUID : SUBGID) + " has no range for user " + uid;
    }
    String refusal = map("newuidmap", pid, uid, uids.get());
    return refusal.isEmpty() ? map("newgidmap", pid, gid, gids.get()) : refusal;
  }

  private static String map(String program, String pid, long own, Range range) {
    try {
      HostCommand.Result<String> result =
          HostCommand.run(
              List.of(
                  program,
                  pid,
                  "0",
                  Long.toString(own),
                  "1",
                  "1",
                  Long.toString(range.start()),
                  Long.toString(range.count())));
      return result.exitCode() == 0 ? "" : program + ": " + result.lastLine();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Finds the first range of a user, who is named by name or number. */
  private static Optional<Range> range(Path file, long uid) throws IOException {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    List<String> owners = List.of(System.getProperty("user.name", ""), Long.toString(uid));
    return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
        .map(line -> line.strip().split(":", -1))
        .filter(fields -> fields.length == 3 && owners.contains(fields[0]))
        .filter(fields -> (fields[1] + fields[2]).chars().allMatch(c -> c >= '0' && c <= '9'))
        .map(fields -> new Range(Long.parseLong(fields[1]), Long.parseLong(fields[2])))
        .findFirst();
  }
}
