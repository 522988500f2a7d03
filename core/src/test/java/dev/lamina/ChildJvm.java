// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The command of a JVM with this one's classes. */
public final class ChildJvm {
  private ChildJvm() {}

  public static List<String> command(Class<?> main, List<String> options) throws Exception {
    return command(main, classPath(), options.toArray(new String[0]));
  }

  public static List<String> command(Class<?> main, String classPath, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-ea"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, main.getName()));
    return command;
  }

  /** Test launchers may hold the class path in a loader of their own. */
  public static String classPath() throws Exception {
    Set<String> entries = new LinkedHashSet<>();
    for (ClassLoader loader = ChildJvm.class.getClassLoader();
        loader != null;
        loader = loader.getParent()) {
      if (loader instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          entries.add(Path.of(url.toURI()).toString());
        }
      }
    }
    entries.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, entries);
  }
}
