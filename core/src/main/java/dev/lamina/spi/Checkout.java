// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.fs.FileTree;

/**
 * The files of a commit.
 *
 * @param files the files, all of root's and of the commit's time
 * @param commit the commit's id in hexadecimal
 */
public record Checkout(FileTree files, String commit) {}
