// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md says of core's packages, held. */
class ArchitectureTest {
  /** Core's packages, the façade on top; a package knows only those that stand after it. */
  private static final List<String> TOP_DOWN =
      List.of(
          "dev.lamina.testing",
          "dev.lamina",
          "dev.lamina.build",
          "dev.lamina.instruction",
          "dev.lamina.fetch",
          "dev.lamina.context",
          "dev.lamina.run",
          "dev.lamina.script",
          "dev.lamina.registry",
          "dev.lamina.spi",
          "dev.lamina.insight",
          "dev.lamina.sbom",
          "dev.lamina.archive",
          "dev.lamina.store",
          "dev.lamina.layer",
          "dev.lamina.tar",
          "dev.lamina.compress",
          "dev.lamina.deflate",
          "dev.lamina.path",
          "dev.lamina.oci",
          "dev.lamina.json",
          "dev.lamina.event",
          "dev.lamina.task",
          "dev.lamina.stream",
          "dev.lamina.error");

  private static final Pattern EXPORT = Pattern.compile("exports ([a-z.]+)( to dev\\.lamina)?;");

  private static JavaClasses core;
  private static Set<String> exported;

  @BeforeAll
  static void read() throws IOException {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    core =
        new ClassFileImporter()
            .importUrl(Image.class.getProtectionDomain().getCodeSource().getLocation());
    exported =
        EXPORT
            .matcher(Files.readString(Path.of("src/main/moditect/module-info.java")))
            .results()
            .map(match -> match.group(1))
            .collect(toSet());
  }

  @Test
  void everyPackageHasItsPlace() {
    assertThat(core.stream().map(JavaClass::getPackageName).distinct()).isSubsetOf(TOP_DOWN);
  }

  @Test
  void packagesFormNoCycle() {
    slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(core);
  }

  @Test
  void dependenciesPointDown() {
    Stream<String> upward =
        core.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(
                dependency ->
                    place(dependency.getTargetClass()) < place(dependency.getOriginClass()))
            .map(dependency -> dependency.getDescription());
    assertThat(upward).isEmpty();
  }

  /** On the module path, what isn't exported to core is an error at the first use. */
  @Test
  void otherModulesExportWhatIsUsedOfThem() {
    Set<String> given =
        Stream.of("dockerfile-parser", "fs-overlay")
            .map(module -> Path.of("..", module, "pom.xml"))
            .flatMap(pom -> EXPORT.matcher(read(pom)).results())
            .map(match -> match.group(1))
            .collect(toSet());
    Stream<String> used =
        core.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
            .filter(name -> name.matches("dev\\.lamina\\.(fs|dockerfile)(\\..*)?"))
            .distinct();
    assertThat(given).containsAll(used.toList());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void signaturesOfWhatIsExportedHoldOnlyTypesACallerCanName() {
    Stream<String> hidden =
        core.stream()
            .filter(type -> exported.contains(type.getPackageName()))
            .filter(ArchitectureTest::isPublic)
            .flatMap(type -> type.getMembers().stream())
            .filter(ArchitectureTest::isForOutside)
            .flatMap(
                member ->
                    signature(member)
                        .filter(type -> !canBeNamed(type))
                        .filter(type -> !isJUnitInTesting(member, type))
                        .map(type -> member.getFullName() + " mentions " + type.getName()));
    assertThat(hidden).isEmpty();
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
  }

  private static boolean isForOutside(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC);
  }

  private static Stream<JavaClass> signature(JavaMember member) {
    if (member instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes().stream();
    }
    JavaCodeUnit unit = (JavaCodeUnit) member;
    return Stream.concat(
        unit.getReturnType().getAllInvolvedRawTypes().stream(),
        unit.getParameterTypes().stream().flatMap(t -> t.getAllInvolvedRawTypes().stream()));
  }

  /** The extension is JUnit's kind of class; who uses it has JUnit. */
  private static boolean isJUnitInTesting(JavaMember member, JavaClass type) {
    return member.getOwner().getPackageName().equals("dev.lamina.testing")
        && type.getPackageName().startsWith("org.junit.jupiter.api");
  }

  private static boolean canBeNamed(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    String packageName = base.getPackageName();
    return base.isPrimitive()
        || packageName.startsWith("java.")
        || packageName.startsWith("dev.lamina.fs")
        || packageName.startsWith("dev.lamina.dockerfile")
        || (exported.contains(packageName) && isPublic(base));
  }

  /** Types of other modules are below everything. */
  private static int place(JavaClass type) {
    int place = TOP_DOWN.indexOf(type.getBaseComponentType().getPackageName());
    return place < 0 ? TOP_DOWN.size() : place;
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return TOP_DOWN.contains(type.getPackageName())
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages of core";
    }
  }
}
