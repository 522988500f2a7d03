// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Makes Dockerfiles and instructions of a seed: odd texts, and values as people would build. */
final class RandomDockerfiles {

  private static final String[] ODD = {
    " ",
    "\t",
    "\f",
    "\u000B",
    "\r",
    "\u00A0",
    "\u0085",
    "\u2003",
    "\"",
    "'",
    "\\",
    "`",
    "$",
    "${a}",
    "$b",
    "<",
    "<<",
    "<<EOF",
    "<<-'E'",
    "#",
    "=",
    "-",
    "--",
    ",",
    "[",
    "]",
    "{",
    "}",
    ":",
    "/",
    "é",
    "日",
    "\uD83D\uDE00",
    "\uDCFF",
    "\0",
    "\u0001",
    "\u007F",
    "\\\n",
    "\\ \n",
    "`\n",
    "a",
    "b",
    "c",
    "0",
    "1",
    "80",
    "x=y",
    "k=\"v w\"",
    "[\"a\", \"b\"]",
    "[\"\\u00e9\\n\"]",
    "--link",
    "--from=x",
    "--chown=\"a b\"",
    "--mount=type=cache,target=/c",
    "--mount=\"type=bind,\\\"source=a b\\\"\"",
    "--interval=90s",
    "--exclude=*.é",
    "--platform=linux/arm64",
    "AS",
    "name",
    "CMD",
    "NONE",
    "RUN",
    "COPY <<EOF /x",
    "ADD",
    "\"unfinished",
    "'quoted words'",
    "\uFEFF"
  };
  private static final String[] KEYWORDS = {
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
    "run",
    "Own"
  };

  private final Random random;

  RandomDockerfiles(long seed) {
    random = new Random(seed);
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A text that may or may not be one instruction, with documents where it announces some. */
  String oddInstruction() {
    StringBuilder line = new StringBuilder(KEYWORDS[random.nextInt(KEYWORDS.length)]);
    int pieces = random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      line.append(random.nextInt(3) == 0 ? "" : " ").append(ODD[random.nextInt(ODD.length)]);
    }
    if (line.indexOf("<<") >= 0) {
      line.append("\nbody $x\n\t\\\n");
      line.append(random.nextBoolean() ? "EOF\nE\nEOF" : "E\nEOF\n\tE");
    }
    return line.toString();
  }

  private String word() {
    return pick(
        List.of(
            "a", "src", "/app", "b.txt", "$dir", "${dir:-/x}", "*.jar", "é", "x-y_z", "@", "1"));
  }

  /** Text with blanks and signs, but no line break; not blank at its ends. */
  String text() {
    List<String> words =
        some(() -> pick(List.of(word(), "\"q\"", "&&", "it's", "\\", "`", "a  b")));
    words.add("end");
    return String.join(" ", words);
  }

  private <T> List<T> some(Supplier<T> one) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      list.add(one.get());
    }
    return list;
  }

  private <T> Optional<T> maybe(Supplier<T> one) {
    return random.nextBoolean() ? Optional.of(one.get()) : Optional.empty();
  }

  private String ascii() {
    return pick(List.of("0:0", "u+x", "a b", "it's", "\"", "\\", "`x`", "a,b", "$uid"));
  }

  private CommandLine command() {
    if (random.nextBoolean()) {
      return CommandLine.shell(text());
    }
    return CommandLine.exec(some(() -> text() + "\n\t\"\u0001").toArray(String[]::new));
  }

  private List<Heredoc> documents() {
    List<Heredoc> documents = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      documents.add(
          new Heredoc(
              "DOC" + i, text() + "\n\n\t# " + text() + "\n", random.nextBoolean(), false, 0));
    }
    return documents;
  }

  private Duration time() {
    return Duration.ofNanos(random.nextInt(4) * 1_000_000L * random.nextInt(90_000_000));
  }

  /** An instruction as a program would make it, which can always be written. */
  Instruction instruction() {
    return switch (random.nextInt(17)) {
      case 0 -> add();
      case 1 -> new Arg(some(() -> new ArgDefinition("A" + below(9), maybe(this::word))));
      case 2 -> new Cmd(command());
      case 3 -> copy();
      case 4 -> new Entrypoint(command());
      case 5 -> new Env(some(() -> KeyValue.of("K" + below(9), "\"" + word() + " x\"")));
      case 6 -> Expose.of(some(() -> below(9000) + "/udp").toArray(String[]::new));
      case 7 -> new From(word(), maybe(() -> "linux/arm64"), maybe(() -> "stage" + below(9)));
      case 8 ->
          new Healthcheck(
              Optional.of(command()), time(), time(), time(), time(), random.nextInt(5));
      case 9 -> Label.of(word(), "\"" + word() + " b\"");
      case 10 -> new OnBuild("RUN " + text());
      case 11 -> new Shell(some(this::text));
      case 12 -> new StopSignal("SIGTERM");
      case 13 -> new User(text());
      case 14 -> new Volume(some(this::text));
      case 15 -> new Workdir(text());
      default -> run();
    };
  }

  private Instruction add() {
    return new Add(
        some(this::word),
        documents(),
        word(),
        maybe(this::ascii),
        maybe(this::ascii),
        random.nextBoolean(),
        List.of(),
        maybe(this::ascii),
        maybe(random::nextBoolean),
        maybe(random::nextBoolean));
  }

  private Instruction copy() {
    boolean spaced = random.nextBoolean();
    return new Copy(
        some(spaced ? this::text : this::word),
        spaced ? List.of() : documents(),
        word(),
        maybe(this::ascii),
        maybe(this::ascii),
        maybe(this::ascii),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean() ? List.of() : some(this::ascii));
  }

  private Instruction run() {
    List<MountFlag> mounts =
        random.nextBoolean()
            ? List.of()
            : some(() -> new MountFlag("type=cache,target=/" + below(9) + ",\"id=a b\""));
    boolean document = random.nextBoolean();
    return new Run(
        document ? CommandLine.shell("<<DOC") : command(),
        document ? List.of(new Heredoc("DOC", text() + "\n", true, false, 0)) : List.of(),
        mounts,
        maybe(() -> pick(List.of(NetworkMode.values()))),
        maybe(() -> pick(List.of(SecurityMode.values()))),
        random.nextBoolean()
            ? List.of()
            : some(() -> new RunDevice("v.com/gpu=" + below(9), random.nextBoolean())));
  }
}
