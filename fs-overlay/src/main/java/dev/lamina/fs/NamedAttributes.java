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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Attributes by name, {@code view:attribute}: those of the views basic, posix, owner and unix, and
 * of {@code user} and {@code xattr}, the extended attributes by their short and full names.
 */
final class NamedAttributes {
  static final Set<String> VIEWS = Set.of("basic", "posix", "owner", "unix", "user", "xattr");

  private static final Map<String, Function<OverlayAttributes, Object>> BASIC =
      new LinkedHashMap<>();
  private static final Map<String, Function<OverlayAttributes, Object>> POSIX;
  private static final Map<String, Function<OverlayAttributes, Object>> UNIX;
  private static final Map<String, Function<OverlayAttributes, Object>> OWNER =
      Map.of("owner", OverlayAttributes::owner);

  static {
    BASIC.put("lastModifiedTime", OverlayAttributes::lastModifiedTime);
    BASIC.put("lastAccessTime", OverlayAttributes::lastAccessTime);
    BASIC.put("creationTime", OverlayAttributes::creationTime);
    BASIC.put("size", OverlayAttributes::size);
    BASIC.put("isRegularFile", OverlayAttributes::isRegularFile);
    BASIC.put("isDirectory", OverlayAttributes::isDirectory);
    BASIC.put("isSymbolicLink", OverlayAttributes::isSymbolicLink);
    BASIC.put("isOther", OverlayAttributes::isOther);
    BASIC.put("fileKey", OverlayAttributes::fileKey);
    POSIX = new LinkedHashMap<>(BASIC);
    POSIX.put("permissions", OverlayAttributes::permissions);
    POSIX.put("owner", OverlayAttributes::owner);
    POSIX.put("group", OverlayAttributes::group);
    UNIX = new LinkedHashMap<>(POSIX);
    UNIX.put("mode", OverlayAttributes::mode);
    UNIX.put("ino", OverlayAttributes::number);
    UNIX.put("dev", OverlayAttributes::device);
    UNIX.put("rdev", OverlayAttributes::rdev);
    UNIX.put("nlink", OverlayAttributes::linkCount);
    UNIX.put("uid", a -> (int) a.inode.uid());
    UNIX.put("gid", a -> (int) a.inode.gid());
    UNIX.put("ctime", OverlayAttributes::changeTime);
  }

  private final Operations operations;

  NamedAttributes(Operations operations) {
    this.operations = operations;
  }

  Map<String, Object> read(OverlayPath path, boolean follow, String attributes) throws IOException {
    String view = view(attributes);
    List<String> names = names(attributes);
    return view.equals("user") || view.equals("xattr")
        ? readXattrs(path, follow, view.equals("user") ? "user." : "", names)
        : read(operations.readAttributes(path, follow), readers(view), names);
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

  private static Map<String, Function<OverlayAttributes, Object>> readers(String view) {
    return switch (view) {
      case "posix" -> POSIX;
      case "unix" -> UNIX;
      case "owner" -> OWNER;
      default -> BASIC;
    };
  }

  private static Map<String, Object> read(
      OverlayAttributes attributes,
      Map<String, Function<OverlayAttributes, Object>> readers,
      List<String> names) {
    Map<String, Object> values = new HashMap<>();
    for (String name : names) {
      if (name.equals("*")) {
        readers.forEach((each, reader) -> values.put(each, reader.apply(attributes)));
      } else {
        Function<OverlayAttributes, Object> reader = readers.get(name);
        if (reader == null) {
          throw new IllegalArgumentException("attribute '" + name + "' not recognized");
        }
        values.put(name, reader.apply(attributes));
      }
    }
    return values;
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
    if (!readers(view).containsKey(name)) {
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
