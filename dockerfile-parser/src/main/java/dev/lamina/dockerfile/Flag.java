// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.Optional;

/**
 * A flag of a custom instruction: {@code --name} or {@code --name=value}.
 *
 * @param name the name without the dashes
 * @param value what stands after {@code =}, quotes and escapes taken off
 */
public record Flag(String name, Optional<String> value) {}
