// SPDX-License-Identifier: Apache-2.0
package dev.lamina.path;

/**
 * Which paths below a source are copied. Paths are relative to the source, with slashes between
 * names and none at the ends.
 */
public interface PathFilter {
  /** Copies everything. */
  PathFilter ALL =
      new PathFilter() {
        @Override
        public boolean includes(String path) {
          return true;
        }

        @Override
        public boolean mayIncludeBelow(String path) {
          return true;
        }
      };

  /** Tells whether a path is copied. */
  boolean includes(String path);

  /** Tells whether anything below a directory that is not copied itself may be copied. */
  boolean mayIncludeBelow(String path);
}
