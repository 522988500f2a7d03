// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** What an attacker sends. Run as a program, it reads all of it in a small heap. */
final class HostileInputs {

  private HostileInputs() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Map<String, Supplier<byte[]>> all() {
    Map<String, Supplier<byte[]>> inputs = new LinkedHashMap<>();
    inputs.put("nothing", () -> new byte[0]);
    inputs.put("zeros", () -> new byte[100_000]);
    inputs.put("random bytes", HostileInputs::noise);
    inputs.put("invalid UTF-8", () -> latin("FROM a\nENV A=\u00ff\u00c0 B=\u00ed\u00a0\u0080\n"));
    inputs.put("a line of ten megabytes", () -> bytes("FROM a\nRUN " + "x".repeat(10_000_000)));
    inputs.put("a comment of ten megabytes", () -> bytes("#" + " x".repeat(5_000_000)));
    inputs.put("a million lines", () -> bytes("FROM a\n" + "RUN x\n".repeat(1_000_000)));
    inputs.put("a million empty lines", () -> bytes("FROM a\n" + "\n".repeat(1_000_000)));
    inputs.put("a million comments", () -> bytes("# x\n".repeat(1_000_000) + "FROM a\n"));
    inputs.put("a million continuations", () -> bytes("FROM a\nRUN " + "x\\\n".repeat(1_000_000)));
    inputs.put("a hundred thousand errors", () -> bytes("FROM a\n" + "FLY\n".repeat(100_000)));
    inputs.put("a hundred thousand stages", () -> bytes("FROM a AS a\n".repeat(100_000)));
    inputs.put("stages on stages", () -> bytes(chain(20_000)));
    inputs.put("stages that copy in a circle", () -> bytes(circle(5_000)));
    inputs.put("nested substitutions", () -> bytes(substitutions()));
    inputs.put("substitutions without end", () -> bytes("FROM a\nENV A=" + "${x:-".repeat(10_000)));
    inputs.put("variables that double", () -> bytes(doubling()));
    inputs.put("nested lists", () -> bytes("FROM a\nRUN " + "[".repeat(60_000) + "\n"));
    inputs.put("a syntax of lists", () -> bytes("{\"syntax\":" + "[".repeat(1_000_000)));
    inputs.put("ONBUILD of ONBUILD", () -> bytes("FROM a\n" + "ONBUILD ".repeat(8_000)));
    inputs.put("quotes", () -> bytes("FROM a\nRUN <<\"" + "'\"".repeat(30_000) + "\n"));
    inputs.put("documents", () -> bytes("FROM a\nRUN " + "<<A ".repeat(16_000) + "\n"));
    inputs.put(
        "a document that does not end", () -> bytes("FROM a\nRUN <<A\n" + "x\n".repeat(3_000_000)));
    inputs.put("ports", () -> bytes("FROM a\nEXPOSE " + "0-65535 ".repeat(8_000) + "\n"));
    inputs.put("excludes", () -> bytes("FROM a\nCOPY " + "--exclude=** ".repeat(5_000) + "a b\n"));
    inputs.put("stars", () -> bytes("**/".repeat(20_000) + "x\n"));
    return inputs;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] noise() {
    byte[] bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static String chain(int length) {
    StringBuilder text = new StringBuilder("ARG x\nFROM a AS s0\nARG y\n");
    for (int i = 1; i < length; i++) {
      text.append("FROM s").append(i - 1).append(" AS s").append(i).append('\n');
    }
    return text.append("USER $z$x$y\n").toString();
  }

  private static String circle(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int next = (i + 1) % length;
      text.append("FROM a AS s").append(i).append("\nCOPY --from=s").append(next).append(" x /\n");
    }
    return text.toString();
  }

  private static String substitutions() {
    int depth = 10_000;
    return "FROM ${x:-a}\nENV A=" + "${a:-".repeat(depth) + "x" + "}".repeat(depth) + "\n";
  }

  private static String doubling() {
    StringBuilder text = new StringBuilder("FROM a\nENV V0=xxxxxxxxxx\n");
    for (int i = 1; i < 60; i++) {
      text.append("ENV V").append(i).append("=$V").append(i - 1).append("$V").append(i - 1);
      text.append('\n');
    }
    return text.toString();
  }

  /** Reads every input and prints its name once that is done. */
  public static void main(String[] args) {
    all()
        .forEach(
            (name, input) -> {
              long start = System.nanoTime();
              String answer =
                  EverythingOnce.with(input.get()).map(Throwable::getMessage).orElse("ok");
              String brief = answer.length() > 100 ? answer.substring(0, 100) : answer;
              System.out.println(
                  name + " (" + (System.nanoTime() - start) / 1_000_000 + " ms): " + brief);
            });
    System.out.println("all read");
  }
}
