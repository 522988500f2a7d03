// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.ChildJvm;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A JVM of an ordinary user who exists for this JVM only: he is in a passwd, subuid and subgid of a
 * mount name space of its own. Runs an engine's contract and tells what came of each test.
 */
final class OrdinaryUser {
  /**
   * Arguments: a folder of the user's own, whether there are subordinate ids, whether the folder is
   * to be an overlay, as all folders in a container are, what is to be found under {@code cp/0},
   * {@code cp/1}… of the folder even if it is in root's home, and after {@code --} the command.
   */
  private static final String BECOME =
      """
      set -eu
      ranges=$2
      if [ "$3" = true ]; then
        mkdir "$1.d" "$1.d/lower" "$1.d/upper" "$1.d/work"
        mount -t overlay overlay -o "lowerdir=$1.d/lower,upperdir=$1.d/upper,workdir=$1.d/work" "$1"
      fi
      cd "$1"
      shift 3
      { cat /etc/passwd; echo "lamina-test:x:54321:54321::/nonexistent:/bin/sh"; } >passwd
      : >ids
      if [ "$ranges" = true ]; then echo "lamina-test:600000:65536" >ids; fi
      for f in /etc/subuid /etc/subgid; do [ -e $f ]; mount --bind ids $f; done
      mount --bind passwd /etc/passwd
      chown 54321:54321 .
      mkdir cp
      n=0
      while [ "$1" != -- ]; do
        if [ -d "$1" ]; then mkdir cp/$n; mount --bind "$1" cp/$n; fi
        if [ -f "$1" ]; then cp "$1" cp/$n; chmod a+r cp/$n; fi
        n=$((n + 1))
        shift
      done
      shift
      exec setpriv --reuid=54321 --regid=54321 --clear-groups -- "$@"
      """;

  private OrdinaryUser() {}

  /** Runs the tests of a contract's subclass, and returns a line for each. */
  static List<String> run(Class<?> contract, boolean ranges, boolean overlay, Path folder)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", BECOME, "user"));
    command.addAll(List.of(folder.toString(), Boolean.toString(ranges), Boolean.toString(overlay)));
    List<String> entries = List.of(ChildJvm.classPath().split(File.pathSeparator));
    command.addAll(entries);
    command.add("--");
    command.addAll(
        ChildJvm.command(
            OrdinaryUser.class,
            IntStream.range(0, entries.size())
                .mapToObj(i -> folder.resolve("cp/" + i).toString())
                .collect(Collectors.joining(File.pathSeparator)),
            "-Djava.io.tmpdir=" + folder,
            "-Duser.name=lamina-test"));
    command.addAll(List.of(contract.getName(), folder.toString()));
    HostCommand.Result<String> result =
        HostCommand.run(
            command,
            stdin -> {},
            stdout -> new String(stdout.readAllBytes(), StandardCharsets.UTF_8));
    List<String> lines = result.output().lines().collect(Collectors.toCollection(ArrayList::new));
    if (result.exitCode() != 0) {
      lines.add("failed JVM: " + result.stderr());
    }
    return lines;
  }

  /** The child JVM. */
  public static void main(String[] args) throws Exception {
    Class<?> type = Class.forName(args[0]);
    EngineContract.folder = Files.createTempDirectory(Path.of(args[1]), "contract");
    EngineContract contract = (EngineContract) newInstance(type);
    List<Method> tests =
        methods(type).stream().sorted(Comparator.comparing(Method::getName)).toList();
    for (Method test : tests) {
      test.setAccessible(true);
      try {
        contract.engineWorksHere();
        test.invoke(contract);
        System.out.println("passed " + test.getName());
      } catch (InvocationTargetException e) {
        System.out.println("failed " + test.getName() + ": " + oneLine(e.getCause()));
      } catch (org.opentest4j.TestAbortedException e) {
        System.out.println("skipped " + test.getName() + ": " + oneLine(e));
      }
    }
  }

  private static Object newInstance(Class<?> type) throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static List<Method> methods(Class<?> type) {
    List<Method> tests = new ArrayList<>();
    for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          tests.add(method);
        }
      }
    }
    return tests;
  }

  private static String oneLine(Throwable e) {
    return String.valueOf(e).replace('\n', ' ');
  }
}
