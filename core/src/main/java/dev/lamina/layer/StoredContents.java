// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Content;
import dev.lamina.tar.SparseMap;

/** Makes file contents of where they stand in a layer's tar. */
interface StoredContents {
  /** Returns the content of a file that stands in the tar as it is. */
  Content whole(long offset, long size);

  /** Returns the content of a file of which only segments stand in the tar. */
  Content sparse(long offset, long stored, SparseMap map);

  /** Returns contents that can be read: slices of the tar. */
  static StoredContents in(Content tar) {
    return new StoredContents() {
      @Override
      public Content whole(long offset, long size) {
        return tar.slice(offset, size);
      }

      @Override
      public Content sparse(long offset, long stored, SparseMap map) {
        return map.over(tar.slice(offset, stored));
      }
    };
  }
}
