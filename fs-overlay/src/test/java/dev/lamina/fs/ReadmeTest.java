// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in the module's README compiles and runs. */
class ReadmeTest {
  @TempDir Path folder;

  @Test
  void theCodeCompilesAndLeavesTheFolderAsItWas() throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assumeTrue(compiler != null, "needs a JDK, not a JRE");
    Path readme = Path.of("README.md");
    assumeTrue(Files.exists(readme), "runs in the module's folder");
    String text = Files.readString(readme);
    int from = text.indexOf("```java") + "```java".length();
    String code = text.substring(from, text.indexOf("```", from));
    assertThat(code.strip().lines().count()).isLessThanOrEqualTo(20);

    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(compiler, classes, code);
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      Object ignored =
          loader.loadClass("Readme").getMethod("run", Path.class).invoke(null, mounted);
    }
    try (var list = Files.list(mounted)) {
      assertThat(list).isEmpty();
    }
  }

  private static void compile(JavaCompiler compiler, Path classes, String code) throws IOException {
    String source =
        "import dev.lamina.fs.*; import java.nio.file.*; import java.nio.file.attribute.*;"
            + " public class Readme { public static void run(Path folder) throws Exception {"
            + code
            + "}}";
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///Readme.java"), javax.tools.JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    String main = FileTree.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    StringWriter problems = new StringWriter();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", main + File.pathSeparator, "-proc:none");
    boolean compiled = compiler.getTask(problems, null, null, options, null, List.of(file)).call();
    assertThat(compiled).as(problems.toString()).isTrue();
  }
}
