// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.HostStat;
import java.time.Instant;

/**
 * A regular file that a scan found. There is one for each file of a context, all of them at a time,
 * and most are only compared: times are numbers, since an object for each costs more than it.
 */
record ScannedFile(
    String name,
    int mode,
    long device,
    long inode,
    long size,
    long modifiedSecond,
    int modifiedNano,
    long changedSecond,
    int changedNano) {

  static ScannedFile of(String name, HostStat stat) {
    Instant modified = stat.modified();
    Instant changed = stat.changed();
    return new ScannedFile(
        name,
        stat.mode(),
        stat.device(),
        stat.inode(),
        stat.size(),
        modified.getEpochSecond(),
        modified.getNano(),
        changed.getEpochSecond(),
        changed.getNano());
  }

  FileVersion version() {
    return new FileVersion(
        device,
        inode,
        size,
        Instant.ofEpochSecond(modifiedSecond, modifiedNano),
        Instant.ofEpochSecond(changedSecond, changedNano));
  }

  void addTo(TreeVersion tree) {
    tree.addFile(name, mode, size);
    if (size != 0) {
      tree.addContent(device, inode, modifiedSecond, modifiedNano, changedSecond, changedNano);
    }
  }
}
