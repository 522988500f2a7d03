// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One command of a {@link RunScript} while it runs: what it was called with, the files it may
 * change, and its output. It acts as the user of the process: his are the files it makes, and what
 * he may not do is refused. Belongs to the thread it was given to.
 */
public final class ScriptedRun {
  private final OverlayFileSystem files;
  private final ProcessSpec process;
  private final ProcessIo io;
  private final RunScript.Call call;
  private int exitCode;

  ScriptedRun(OverlayFileSystem files, ProcessSpec process, ProcessIo io, RunScript.Call call) {
    this.files = files;
    this.process = process;
    this.io = io;
    this.call = call;
  }

  /** Returns the root directory. */
  public Path root() {
    return files.getPath("/");
  }

  /** Returns a path: a relative one is seen from the working directory. */
  public Path path(String path) {
    return files.getPath(process.workingDirectory()).resolve(path);
  }

  /**
   * Writes a file with the directories above it, in place of what it held.
   *
   * @param path absolute, or seen from the working directory
   */
  public void write(String path, String text) throws IOException {
    Path file = path(path);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }

  /** Returns the command, as it was matched. */
  public String command() {
    return call.text();
  }

  /** Returns what each {@code *} of the pattern stands for, in order. */
  public List<String> wildcards() {
    return call.wildcards();
  }

  /** Returns the environment, but for the values of secrets. */
  public Map<String, String> environment() {
    return process.env();
  }

  /** Returns the process that was to be run. */
  public ProcessSpec process() {
    return process;
  }

  /** Returns the input; at its end if there is none. */
  public InputStream stdin() {
    return io.stdin().orElse(InputStream.nullInputStream());
  }

  /** Writes a line to stdout. */
  public void println(String line) throws IOException {
    write(io.stdout(), line);
  }

  /** Writes a line to stderr. */
  public void printError(String line) throws IOException {
    write(io.stderr(), line);
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sets the exit code, which is 0 otherwise; the command goes on until it returns.
   *
   * @param code 0 to 255
   */
  public void exit(int code) {
    if (code < 0 || code > 255) {
      throw new IllegalArgumentException("exit code: expected 0 to 255, found " + code);
    }
    exitCode = code;
  }

  int exitCode() {
    return exitCode;
  }
}
