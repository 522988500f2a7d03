// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples.instructions;

import static dev.lamina.testing.ImageAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.run.NoRunEngineException;
import dev.lamina.run.RunEngines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionsTest {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private final ImageStore store = ImageStore.inMemory();

  @TempDir Path context;

  @AfterEach
  void closeTheStore() throws IOException {
    store.close();
  }

  private ImageBuilder builder(String dockerfile) {
    return ImageBuilder.fromText(dockerfile)
        .define("JAVA_APP", new JavaApp())
        .define("TEMPLATE", new Template())
        .define("ASSERT", new Assert())
        .context(context)
        .store(store);
  }

  private void jar(String name, Map<String, String> entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(context.resolve(name));
        JarOutputStream jar = new JarOutputStream(file)) {
      for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
  }

  private void springBootJar(String mainClass) throws IOException {
    jar(
        "shop.jar",
        Map.of(
            "META-INF/MANIFEST.MF",
            """
            Manifest-Version: 1.0
            Main-Class: org.springframework.boot.loader.JarLauncher
            Start-Class: shop.Main

            """,
            "org/springframework/boot/loader/JarLauncher.class",
            "loader",
            "BOOT-INF/lib/spring-core.jar",
            "library",
            "BOOT-INF/classes/application.yml",
            "port: 80",
            "BOOT-INF/classes/shop/Main.class",
            mainClass));
  }

  @Test
  void javaAppMakesALayerOfEachPart() throws Exception {
    springBootJar("one");
    ImageBuilder builder = builder("FROM scratch\nJAVA_APP --user=1000 shop.jar\n");
    Image image = builder.build();

    assertThat(image)
        .hasLayers(4)
        .layerOf("JAVA_APP dependencies of shop.jar")
        .holds("/app/lib/spring-core.jar")
        .touchesNothingOutside("/app")
        .and()
        .layerOf("JAVA_APP resources")
        .holds("/app/resources/application.yml")
        .and()
        .lastLayer()
        .holds("/app/classes/shop/Main.class")
        .doesNotTouch("/app/lib")
        .and()
        .file("/app/main")
        .hasContent("-cp\n/app/classes:/app/resources:/app/lib/*\nshop.Main\n")
        .and()
        .config()
        .hasUser("1000")
        .hasEntrypoint("java", "@/app/main");

    springBootJar("two");
    Image changed = builder.build();
    assertThat(changed.layers().subList(0, 3)).isEqualTo(image.layers().subList(0, 3));
    assertThat(changed.layers().get(3)).isNotEqualTo(image.layers().get(3));
  }

  @Test
  void javaAppTakesAPlainJarOfAnotherStage() throws Exception {
    jar(
        "plain.jar",
        Map.of(
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\r\nMain-Class: a.B\r\n\r\n",
            "a/B.class",
            "b"));
    Image image =
        builder(
                """
                FROM scratch AS build
                COPY plain.jar /out/
                FROM scratch
                JAVA_APP --from=build /out/plain.jar /opt
                """)
            .build();

    assertThat(image)
        .file("/opt/classes/a/B.class")
        .hasContent("b")
        .file("/opt/main")
        .contains("/opt/lib/*\na.B\n");
  }

  @Test
  void javaAppWantsAMainClass() throws Exception {
    jar("none.jar", Map.of("a.txt", "a"));

    assertThatThrownBy(() -> builder("FROM scratch\nJAVA_APP none.jar\n").build())
        .hasMessageContaining("the jar has no manifest");
  }

  @Test
  void templatePutsArgumentsIntoAFile() throws Exception {
    Files.writeString(context.resolve("app.conf.in"), "port={{PORT}}\nname={{ NAME }}\n");
    ImageBuilder builder =
        builder("FROM scratch\nARG PORT\nENV NAME=shop\nTEMPLATE app.conf.in /etc/app.conf\n");

    assertThat(builder.buildArg("PORT", "80").build())
        .file("/etc/app.conf")
        .hasContent("port=80\nname=shop\n");
    assertThat(builder.buildArg("PORT", "81").build()).file("/etc/app.conf").contains("port=81");
    assertThatThrownBy(builder::build).hasMessageContaining("nothing is called PORT");
  }

  @Test
  void assertFailsTheBuildWhereItStands() throws Exception {
    Files.writeString(context.resolve("app.conf"), "port=80\n");
    String dockerfile =
        """
        FROM scratch
        COPY app.conf /etc/
        ASSERT exists /etc/app.conf
        ASSERT missing /etc/shadow
        ASSERT contains /etc/app.conf "port=80"
        """;

    assertThat(builder(dockerfile).build()).hasLayers(1);
    assertThatThrownBy(() -> builder(dockerfile + "ASSERT exists /gone\n").build())
        .hasMessageContaining(":6: it is not so: exists /gone");
    assertThatThrownBy(() -> builder(dockerfile + "ASSERT likes me\n").build())
        .hasMessageContaining("expected ASSERT exists|missing PATH");
  }

  @Test
  void assertRunsACommand() throws Exception {
    assumeTrue(Files.isExecutable(BUSYBOX), "no busybox at " + BUSYBOX);
    try {
      var unused = RunEngines.host().choose();
    } catch (NoRunEngineException e) {
      assumeTrue(false, "nothing here can run processes: " + e.getMessage());
    }
    Files.copy(BUSYBOX, context.resolve("busybox"));
    String dockerfile = "FROM scratch\nCOPY --chmod=755 busybox /bin/sh\nENV NAME=shop\n";

    assertThat(builder(dockerfile + "ASSERT succeeds test $NAME = shop\n").build()).hasLayers(1);
    assertThatThrownBy(() -> builder(dockerfile + "ASSERT succeeds exit 3\n").build())
        .hasMessageContaining(":4: exit 3: exit code 3");
  }
}
