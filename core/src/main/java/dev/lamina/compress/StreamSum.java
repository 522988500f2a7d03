// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

/**
 * What is known about a stream of bytes that went by.
 *
 * @param sha256 its SHA-256: 64 lower-case hexadecimal digits
 * @param size how many bytes it was
 */
public record StreamSum(String sha256, long size) {}
