// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that what a method returns need not be used: an assertion that holds has done its work. */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface CanIgnoreReturnValue {}
