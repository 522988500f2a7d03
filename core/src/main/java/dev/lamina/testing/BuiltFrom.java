// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what {@link LaminaExtension} builds for the {@code Image} parameters of a test class, or for
 * one parameter. It is built once a class. Paths are seen from the working directory, which is the
 * module's folder under Maven and Gradle.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.PARAMETER})
public @interface BuiltFrom {

  /** Returns the Dockerfile. */
  String value() default "Dockerfile";

  /** Returns the text of a Dockerfile, in the place of a file. */
  String text() default "";

  /** Returns the folder that is the build context; the Dockerfile's if empty. */
  String context() default "";

  /** Returns the stage to build; the last one if empty. */
  String target() default "";

  /** Returns build arguments, {@code NAME=value}. */
  String[] args() default {};

  /** Returns archives or OCI layouts to load into the store first, for {@code FROM}. */
  String[] images() default {};
}
