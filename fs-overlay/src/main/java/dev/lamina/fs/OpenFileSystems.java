// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The open file systems by the names they have in URIs; NIO asks for such a register. It keeps none
 * alive.
 */
final class OpenFileSystems {
  private static final Map<String, WeakReference<OverlayFileSystem>> BY_NAME = new HashMap<>();

  private OpenFileSystems() {}

  static synchronized @Nullable OverlayFileSystem getOrNull(String name) {
    WeakReference<OverlayFileSystem> reference = BY_NAME.get(name);
    OverlayFileSystem fs = reference == null ? null : reference.get();
    return fs != null && fs.isOpen() ? fs : null;
  }

  /** Whether the name was free. */
  static synchronized boolean add(String name, OverlayFileSystem fs) {
    BY_NAME.values().removeIf(reference -> reference.get() == null);
    OverlayFileSystem known = getOrNull(name);
    if (known == null) {
      BY_NAME.put(name, new WeakReference<>(fs));
    }
    return known == null || known == fs;
  }

  static synchronized void remove(String name, OverlayFileSystem fs) {
    WeakReference<OverlayFileSystem> reference = BY_NAME.get(name);
    if (reference != null && reference.get() == fs) {
      BY_NAME.remove(name);
    }
  }
}
