// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * A parser directive at the head of a Dockerfile, such as {@code # escape=`}.
 *
 * @param name {@code syntax}, {@code escape} or {@code check}
 * @param value what stands after the equals sign, trimmed
 * @param range where the comment stands
 */
public record Directive(String name, String value, SourceRange range) {}
