// SPDX-License-Identifier: Apache-2.0
/** Three instructions that Docker doesn't know; docs/custom-instructions.md walks through them. */
package dev.lamina.examples.instructions;
