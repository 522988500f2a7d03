// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of this module, run as from a command line. */
class ProgramsTest {
  @TempDir Path folder;

  private interface Program {
    void run(String... arguments) throws Exception;
  }

  private static String run(Program program, Object... arguments) throws Exception {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      program.run(texts);
    } finally {
      System.setOut(before);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void firstDayBuildsChangesAndWritesTheShop() throws Exception {
    assertThat(run(FirstDay::main, "shop", folder))
        .contains("A /hello", "first-day:built", "docker load -i");
    assertThat(folder.resolve("image.tar")).isRegularFile();
    assertThat(folder.resolve("layout/index.json")).isRegularFile();
  }

  @Test
  void lookInsideTellsTheStoryOfAFile() throws Exception {
    assertThat(run(FirstDay::main, "shop", folder)).contains("Written: ");
    Path target = folder.resolve("inside");
    String said =
        run(LookInside::main, folder.resolve("image.tar"), target, "/hello", "/srv/shop/site");
    assertThat(said)
        .contains("Largest files", "/hello:\n  added by step", "/srv/shop/site:\n  added by step");
    assertThat(target.resolve("report.html")).content().startsWith("<!doctype html>");
    assertThat(target.resolve("report.json")).content().startsWith("{");
    assertThat(target.resolve("sbom.spdx.json")).content().contains("\"SPDX-2.3\"");
  }

  /** A script stands for docker: it keeps what it is to load. */
  @Test
  void daemonBridgeGivesTheShopToADaemon() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
    Path loaded = folder.resolve("loaded.tar");
    Path script = Files.writeString(folder.resolve("docker.sh"), "cat > " + loaded + "\n");
    assertThat(run(DaemonBridge::main, "shop/Dockerfile", "shop/app:test", "/bin/sh", script))
        .isEqualTo("The daemon has shop/app:test\n");
    assertThat(run(LookInside::main, loaded, folder.resolve("inside"))).contains("shop/app:test");
  }
}
