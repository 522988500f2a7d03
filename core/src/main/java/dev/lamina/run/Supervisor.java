// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.RunException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The helper process that owns a session's mount and process name spaces.
 *
 * <p>It is the first process of its process name space and reads a pipe from the JVM. When the JVM
 * closes the pipe, or dies however it may, the helper ends, and the kernel then kills every process
 * in that name space and drops every mount in the other. So neither a process nor a mount can
 * outlive the JVM, and no mount is ever seen by the host.
 */
final class Supervisor implements Closeable {
  private static final long PATIENCE_SECONDS = 10;

  private final Process process;

  private final boolean userNamespace;

  private Supervisor(Process process, boolean userNamespace) {
    this.process = process;
    this.userNamespace = userNamespace;
  }

  /**
   * Starts a helper and waits until its script said it is ready.
   *
   * @param unshare the program that makes the name spaces, with its options
   * @param userNamespace whether it is in a user name space that is not this JVM's
   * @param script for sh: makes the mounts, prints {@code ready}, then waits for the end of its
   *     stdin
   * @param arguments the script's arguments
   * @throws RunException if the script ended instead: the message is the last line of its stderr
   */
  static Supervisor start(
      List<String> unshare, boolean userNamespace, String script, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(unshare);
    command.addAll(List.of("sh", "-c", script, "lamina-session"));
    command.addAll(arguments);
    Process process = HostCommand.start(command);
    boolean ready = false;
    try {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      ready = "ready".equals(line);
      if (!ready) {
        byte[] stderr = process.getErrorStream().readNBytes(16 * 1024);
        int code = process.waitFor();
        throw new RunException(
            "making the session's mounts: exit code "
                + code
                + ": "
                + HostCommand.last(new String(stderr, StandardCharsets.UTF_8)));
      }
      return new Supervisor(process, userNamespace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while making the session's mounts", e);
    } finally {
      if (!ready) {
        process.destroyForcibly();
      }
    }
  }

  /** Returns where the host sees a path of the helper's mount name space. */
  Path seenFromHost(Path path) {
    return Path.of("/proc/" + process.pid() + "/root" + path.toAbsolutePath());
  }

  /** Returns a command that runs another one in the helper's name spaces. */
  List<String> inside(List<String> command) {
    String ns = "/proc/" + process.pid() + "/ns/";
    List<String> all =
        new ArrayList<>(
            List.of("nsenter", "--mount=" + ns + "mnt", "--pid=" + ns + "pid_for_children"));
    if (userNamespace) {
      all.addAll(List.of("--user=" + ns + "user", "--preserve-credentials"));
    }
    all.add("--");
    all.addAll(command);
    return all;
  }

  /** Ends everything in the name spaces; returns when it is gone. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    boolean interrupted = false;
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        int unused = process.waitFor();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
