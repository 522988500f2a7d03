// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.Container;
import dev.lamina.Exec;
import dev.lamina.Image;
import dev.lamina.ImageStore;
import dev.lamina.spi.Probe;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java and real processes do to one container. */
class ContainerExecTest {
  @TempDir static Path folder;

  @BeforeAll
  static void runcWorksHere() {
    Probe probe = HostEngine.oci("runc").probe();
    assumeTrue(probe instanceof Probe.Available, () -> "skipped: " + probe);
  }

  @Test
  void javaAndProcessesSeeOneAnother() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"));
        Container box = HostPrograms.image(store, folder).newContainer()) {
      Files.writeString(box.path("/opt/java"), "from java\n");
      assertThat(box.exec("cat", "/opt/java").output()).isEqualTo("from java\n");

      assertThat(box.exec("sh", "-c", "echo from sh >/opt/sh; rm /opt/java").exitCode()).isZero();
      assertThat(Files.readString(box.path("/opt/sh"))).isEqualTo("from sh\n");
      assertThat(box.path("/opt/java")).doesNotExist();

      Files.writeString(box.path("/opt/sh"), "again\n");
      assertThat(box.exec("cat", "/opt/sh").output()).isEqualTo("again\n");
      assertThat(box.diff()).extracting(Object::toString).containsExactly("C /opt", "A /opt/sh");
    }
  }

  @Test
  void whatProcessesWroteIsNotPrunedBeforeTheContainerIsClosed() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("pruned"));
        ImageStore other = ImageStore.open(folder.resolve("pruned"))) {
      try (Container box = HostPrograms.image(store, folder).newContainer()) {
        assertThat(box.exec("sh", "-c", "echo kept >/opt/kept").exitCode()).isZero();
        assertThat(other.prune().blobs()).isEmpty();
        assertThat(box.exec("cat", "/opt/kept").output()).isEqualTo("kept\n");
        assertThat(box.commit("kept:1").layers()).hasSize(2);
      }
      other.remove("kept:1");
      assertThat(other.prune().blobs()).isNotEmpty();
    }
  }

  @Test
  void processIsTheJdksWithStreams() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"));
        Container box = HostPrograms.image(store, folder).newContainer()) {
      Process process =
          box.process(Exec.of("sh", "-c", "read x; echo got $x; echo bad >&2; cat >/opt/in"));
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write("one\ntwo\n".getBytes(UTF_8));
      }

      assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("got one\n");
      assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).isEqualTo("bad\n");
      assertThat(process.waitFor()).isZero();
      assertThat(process.exitValue()).isZero();
      assertThat(Files.readString(box.path("/opt/in"))).isEqualTo("two\n");
    }
  }

  @Test
  void processThatNobodyReadsCanBeDestroyed() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"));
        Container box = HostPrograms.image(store, folder).newContainer()) {
      Process process = box.process(Exec.of("sh", "-c", "while :; do echo more and more; done"));
      assertThat(process.getInputStream().readNBytes(4)).hasSize(4);

      assertThat(process.waitFor(1, TimeUnit.MILLISECONDS)).isFalse();
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(137);
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void processesOfOneContainerRunAtTheSameTime() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"));
        Container box = HostPrograms.image(store, folder).newContainer()) {
      Process first = box.process(Exec.of("sh", "-c", "mkfifo /opt/p; echo made; cat /opt/p"));
      assertThat(first.getInputStream().readNBytes(5)).isEqualTo("made\n".getBytes(UTF_8));
      Files.writeString(box.path("/opt/java"), "from java\n");

      assertThat(box.exec("sh", "-c", "cat /opt/java >/opt/p").exitCode()).isZero();
      assertThat(first.waitFor()).isZero();
      assertThat(new String(first.getInputStream().readAllBytes(), UTF_8)).isEqualTo("from java\n");
      assertThat(box.diff()).extracting(Object::toString).contains("A /opt/java", "A /opt/p");
    }
  }

  @Test
  void whatIsCopiedInIsThereForProcesses() throws Exception {
    Path tool = Files.writeString(folder.resolve("tool"), "#!/bin/sh\necho a tool\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (ImageStore store = ImageStore.open(folder.resolve("store"));
        Container box = HostPrograms.image(store, folder).newContainer()) {
      box.copyIn(tool, "/bin");
      assertThat(box.exec("tool").output()).isEqualTo("a tool\n");
      assertThat(box.exec("sh", "-c", "echo out >/opt/out").exitCode()).isZero();
      box.copyOut("/opt/out", folder.resolve("out"));
    }
    assertThat(folder.resolve("out")).hasContent("out\n");
  }

  @Test
  void imageRunsInOneCall() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      Image tools = HostPrograms.image(store, folder);
      assertThat(tools.run("echo", "hello").output()).isEqualTo("hello\n");
      Image hello =
          tools.withConfig(
              config -> config.withEntrypoint(List.of("echo")).withCmd(List.of("by", "default")));
      assertThat(hello.run().output()).isEqualTo("by default\n");
      assertThat(hello.run("hello").orThrow().output()).isEqualTo("hello\n");
      assertThatThrownBy(tools::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void commandHasItsEnvironmentUserAndDirectory() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"));
        Container box = HostPrograms.image(store, folder).newContainer()) {
      Exec command =
          Exec.of("sh", "-c", "echo $X $(id -un) $(pwd); exit 3")
              .env("X", "y")
              .as("alice")
              .in("/home");

      assertThat(box.exec(command).output()).isEqualTo("y alice /home\n");
      assertThat(box.exec(command).exitCode()).isEqualTo(3);
    }
  }

  @Test
  void committedImageHasWhatProcessesDid() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      Image base = HostPrograms.image(store, folder);
      try (Container box = base.newContainer()) {
        assertThat(box.exec("touch", "/opt/made").exitCode()).isZero();
        Image next = box.commit("tools:2");
        assertThat(next.layers()).hasSize(base.layers().size() + 1);
      }
      try (Container again = store.image("tools:2").newContainer()) {
        assertThat(again.exec("ls", "/opt").output()).isEqualTo("made\n");
        assertThat(again.diff()).isEmpty();
      }
    }
  }
}
