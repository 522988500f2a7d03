// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * Users and groups as the tree's own {@code /etc/passwd} and {@code /etc/group} name them; root is
 * known without them. The files are the tree's, so they are read inside it, only if they are
 * regular files, and only up to a limit.
 */
final class Principals extends UserPrincipalLookupService {
  private static final int MOST = 1 << 20;

  private final Volume volume;

  Principals(Volume volume) {
    this.volume = volume;
  }

  UserPrincipal user(long id) {
    return new User(this, id);
  }

  GroupPrincipal group(long id) {
    return new Group(this, id);
  }

  static long userId(UserPrincipal user) {
    if (user instanceof User ours) {
      return ours.id;
    }
    throw mismatch(user);
  }

  static long groupId(UserPrincipal group) {
    if (group instanceof Group ours) {
      return ours.id;
    }
    throw mismatch(group);
  }

  private static RuntimeException mismatch(@Nullable UserPrincipal principal) {
    return principal == null
        ? new NullPointerException("principal")
        : new ProviderMismatchException();
  }

  @Override
  public UserPrincipal lookupPrincipalByName(String name) throws IOException {
    return user(id("passwd", name));
  }

  @Override
  public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
    return group(id("group", group));
  }

  private long id(String file, String name) throws IOException {
    volume.checkOpen();
    Optional<String> id = find(file, 0, name, 2);
    String number = id.orElse(name.equals("root") ? "0" : name);
    if (number.isEmpty() || number.length() > 10 || !number.chars().allMatch(Principals::isDigit)) {
      throw new UserPrincipalNotFoundException(name);
    }
    long value = Long.parseLong(number);
    if (value > 0xFFFF_FFFFL) {
      throw new UserPrincipalNotFoundException(name);
    }
    return value;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private String name(String file, long id) {
    String number = Long.toString(id);
    return find(file, 2, number, 0).orElse(id == 0 ? "root" : number);
  }

  /** The field {@code wanted} of the first line that has {@code value} in the field {@code key}. */
  private Optional<String> find(String file, int key, String value, int wanted) {
    try {
      byte[][] path = TreePath.of("/etc/" + file).rawNames();
      Located found = volume.tree.locate(path, true, Resolver.Missing.KEEP, file);
      if (!(found.inode() instanceof FileInode inode) || inode.size() > MOST) {
        return Optional.empty();
      }
      String text = new String(inode.content().toByteArray(), StandardCharsets.UTF_8);
      return text.lines()
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 2 && fields[key].equals(value))
          .map(fields -> fields[wanted])
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // as if there were no such file: ids stay numbers
    }
  }

  private static class User implements UserPrincipal {
    final Principals names;
    final long id;

    User(Principals names, long id) {
      this.names = names;
      this.id = id;
    }

    @Override
    public String getName() {
      return names.name("passwd", id);
    }

    @Override
    public final boolean equals(@Nullable Object o) {
      return o instanceof User other
          && other.id == id
          && other instanceof GroupPrincipal == this instanceof GroupPrincipal;
    }

    @Override
    public final int hashCode() {
      return Long.hashCode(id);
    }

    @Override
    public final String toString() {
      return getName();
    }
  }

  private static final class Group extends User implements GroupPrincipal {
    Group(Principals names, long id) {
      super(names, id);
    }

    @Override
    public String getName() {
      return names.name("group", id);
    }
  }
}
