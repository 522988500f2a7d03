// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Attributes by name, {@code view:attribute}: those of the views basic, posix, owner and unix, and
 * of {@code user} and {@code xattr}, the extended attributes by their short and full names.
 */
final class NamedAttributes {
  static final Set<String> VIEWS = Set.of("basic", "posix", "owner", "unix", "user", "xattr");

  private static final List<String> OWNER = List.of("owner");
  private static final List<String> BASIC =
      List.of(
          "lastModifiedTime",
          "lastAccessTime",
          "creationTime",
          "size",
          "isRegularFile",
          "isDirectory",
          "isSymbolicLink",
          "isOther",
          "fileKey");
  private static final List<String> POSIX = with(BASIC, "permissions", "owner", "group");
  private static final List<String> UNIX =
      with(POSIX, "mode", "ino", "dev", "rdev", "nlink", "uid", "gid", "ctime");

  private final Operations operations;

  NamedAttributes(Operations operations) {
    this.operations = operations;
  }

  Map<String, Object> read(OverlayPath path, boolean follow, String attributes) throws IOException {
    String view = view(attributes);
    List<String> names = names(attributes);
    return view.equals("user") || view.equals("xattr")
        ? readXattrs(path, follow, view.equals("user") ? "user." : "", names)
        : read(operations.readAttributes(path, follow), namesIn(view), names);
  }

  private static String view(String attributes) {
    int colon = attributes.indexOf(':');
    String view = colon < 0 ? "basic" : attributes.substring(0, colon);
    if (!VIEWS.contains(view)) {
      throw Refused.view(view, VIEWS);
    }
    return view;
  }

  private static List<String> names(String attributes) {
    String list = attributes.substring(attributes.indexOf(':') + 1);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("no attributes in '" + attributes + "'");
    }
    return new ArrayList<>(Arrays.asList(list.split(",", -1)));
  }

  private static List<String> with(List<String> names, String... more) {
    List<String> all = new ArrayList<>(names);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  private static List<String> namesIn(String view) {
    return switch (view) {
      case "posix" -> POSIX;
      case "unix" -> UNIX;
      case "owner" -> OWNER;
      default -> BASIC;
    };
  }

  private static Map<String, Object> read(
      OverlayAttributes attributes, List<String> known, List<String> names) {
    Map<String, Object> values = new HashMap<>();
    for (String name : names) {
      if (name.equals("*")) {
        for (String each : known) {
          values.put(each, value(attributes, each));
        }
      } else if (known.contains(name)) {
        values.put(name, value(attributes, name));
      } else {
        throw new IllegalArgumentException("attribute '" + name + "' not recognized");
      }
    }
    return values;
  }

  private static Object value(OverlayAttributes attributes, String name) {
    return switch (name) {
      case "lastModifiedTime" -> attributes.lastModifiedTime();
      case "lastAccessTime" -> attributes.lastAccessTime();
      case "creationTime" -> attributes.creationTime();
      case "size" -> attributes.size();
      case "isRegularFile" -> attributes.isRegularFile();
      case "isDirectory" -> attributes.isDirectory();
      case "isSymbolicLink" -> attributes.isSymbolicLink();
      case "isOther" -> attributes.isOther();
      case "fileKey" -> attributes.fileKey();
      case "permissions" -> attributes.permissions();
      case "owner" -> attributes.owner();
      case "group" -> attributes.group();
      case "mode" -> attributes.mode();
      case "ino" -> attributes.number();
      case "dev" -> attributes.device();
      case "rdev" -> attributes.rdev();
      case "nlink" -> attributes.linkCount();
      case "uid" -> (int) attributes.inode.uid();
      case "gid" -> (int) attributes.inode.gid();
      case "ctime" -> attributes.changeTime();
      default -> throw new IllegalStateException(name);
    };
  }

  private Map<String, Object> readXattrs(
      OverlayPath path, boolean follow, String prefix, List<String> names) throws IOException {
    Xattrs xattrs = operations.xattrs(path, follow);
    if (names.remove("*")) {
      for (String name : xattrs.names()) {
        if (name.startsWith(prefix)) {
          names.add(name.substring(prefix.length()));
        }
      }
    }
    Map<String, Object> values = new HashMap<>();
    for (String name : names) {
      values.put(
          name,
          xattrs.get(prefix + name).orElseThrow(() -> AttributeEdits.noXattr(path, prefix + name)));
    }
    return values;
  }

  void set(OverlayPath path, boolean follow, String attribute, Object value) throws IOException {
    String view = view(attribute);
    String name = attribute.substring(attribute.indexOf(':') + 1);
    AttributeEdits edits = operations.attributes;
    if (view.equals("user") || view.equals("xattr")) {
      String prefix = view.equals("user") ? "user." : "";
      ByteBuffer bytes =
          value instanceof byte[] array ? ByteBuffer.wrap(array) : (ByteBuffer) value;
      int ignored = edits.setXattr(path, follow, prefix + name, bytes);
      return;
    }
    if (!namesIn(view).contains(name)) {
      throw new IllegalArgumentException("attribute '" + attribute + "' not recognized");
    }
    switch (name) {
      case "lastModifiedTime" -> edits.setMtime(path, follow, ((FileTime) value).toInstant());
      case "lastAccessTime", "creationTime" -> {
        FileTime ignored = (FileTime) value; // not kept
        Inode unusedInode = operations.volume.inode(path, follow);
        operations.volume.checkWritable();
      }
      case "permissions" -> edits.setPermissions(path, follow, InitialMode.bits((Set<?>) value));
      case "owner" -> edits.setOwner(path, follow, Principals.userId((UserPrincipal) value), -1);
      case "group" -> edits.setOwner(path, follow, -1, Principals.groupId((GroupPrincipal) value));
      case "mode" -> edits.setMode(path, follow, (Integer) value & 07777);
      case "uid" -> edits.setOwner(path, follow, id(value), -1);
      case "gid" -> edits.setOwner(path, follow, -1, id(value));
      default -> throw new IllegalArgumentException("attribute '" + attribute + "' cannot be set");
    }
  }

  private static long id(Object value) {
    return value instanceof Long number ? number : Integer.toUnsignedLong((Integer) value);
  }
}
