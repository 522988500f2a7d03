// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.FileNames;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.ProcessUser;
import dev.lamina.spi.RunException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The users and groups of a root: its {@code /etc/passwd} and {@code /etc/group}, read without ever
 * leaving it.
 *
 * <p>Names are looked up as BuildKit does for RUN: {@code UID:GID} needs no entry and has no
 * additional groups, and {@code root} is such a number there; a lone number without an entry has
 * group 0; a name without an entry is an error. A number is never a name. Who has an entry without
 * a home has an empty {@code HOME}.
 *
 * <p>Immutable and thread-safe.
 */
public final class UserDatabase {
  private static final int MAX_SIZE = 8 << 20;
  private static final long MAX_ID = Integer.MAX_VALUE;

  private final List<User> users;
  private final List<Group> groups;

  private UserDatabase(List<User> users, List<Group> groups) {
    this.users = List.copyOf(users);
    this.groups = List.copyOf(groups);
  }

  private record User(String name, long uid, long gid, String home) {}

  private record Group(String name, long gid, List<String> members) {}

  /**
   * Reads the files; one that is not there counts as empty, and lines that are not sound are
   * skipped.
   *
   * @throws RunException if one of them is no regular file of the tree, or larger than 8 MiB
   */
  public static UserDatabase of(FileTree root) throws IOException {
    List<User> users = new ArrayList<>();
    for (String[] fields : lines(root, "/etc/passwd")) {
      OptionalLong uid = fields.length < 4 ? OptionalLong.empty() : number(fields[2]);
      OptionalLong gid = fields.length < 4 ? OptionalLong.empty() : number(fields[3]);
      if (uid.isPresent() && gid.isPresent()) {
        users.add(
            new User(
                fields[0], uid.getAsLong(), gid.getAsLong(), fields.length > 5 ? fields[5] : ""));
      }
    }
    List<Group> groups = new ArrayList<>();
    for (String[] fields : lines(root, "/etc/group")) {
      OptionalLong gid = fields.length < 3 ? OptionalLong.empty() : number(fields[2]);
      if (gid.isPresent()) {
        List<String> members = fields.length > 3 ? List.of(fields[3].split(",")) : List.of();
        groups.add(new Group(fields[0], gid.getAsLong(), members));
      }
    }
    return new UserDatabase(users, groups);
  }

  private static List<String[]> lines(FileTree root, String file) throws IOException {
    TreePath path = root.follow(file);
    Optional<Node> node = root.node(path);
    if (node.isEmpty() && path.equals(TreePath.of(file))) {
      return List.of();
    }
    if (node.isEmpty() || !(node.get() instanceof Node.File regular)) {
      throw new RunException(
          file
              + ": expected a regular file of the image, found "
              + node.map(Object::toString).orElse("a link to " + path));
    }
    if (regular.size() > MAX_SIZE) {
      throw new RunException(
          file + ": expected at most " + MAX_SIZE + " bytes, found " + regular.size());
    }
    return FileNames.decode(regular.content().toByteArray())
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(":", -1))
        .toList();
  }

  /** Returns the numbers of the user every image starts with. */
  public ProcessUser root() {
    return find("0")
        .map(user -> process(user.uid(), user.gid(), groupsOf(user.name())))
        .orElseGet(() -> process(0, 0, List.of()));
  }

  /**
   * Looks a user up.
   *
   * @param user {@code user}, {@code user:group}, names or numbers; empty for root
   * @throws RunException if a name has no entry, or a number is over 2147483647
   */
  public ProcessUser resolve(String user) throws RunException {
    if (user.isEmpty()) {
      return root();
    }
    int colon = user.indexOf(':');
    String userPart = colon < 0 ? user : user.substring(0, colon);
    String groupPart = colon < 0 ? "" : user.substring(colon + 1);
    OptionalLong knownUid = known(userPart);
    OptionalLong knownGid = known(groupPart);
    if (knownUid.isPresent() && knownGid.isPresent()) {
      return process(knownUid.getAsLong(), knownGid.getAsLong(), List.of());
    }
    OptionalLong uid = number(userPart);
    Optional<User> entry = userPart.isEmpty() ? find("0") : find(userPart);
    if (entry.isEmpty() && uid.isEmpty()) {
      throw new RunException("user " + userPart + ": expected an entry in /etc/passwd, found none");
    }
    long id = requireInRange(userPart, entry.map(User::uid).orElseGet(() -> uid.orElse(0)));
    if (!groupPart.isEmpty()) {
      return process(id, gid(groupPart), List.of());
    }
    return process(
        id,
        entry.map(User::gid).orElse(0L),
        entry.map(found -> groupsOf(found.name())).orElse(List.of()));
  }

  private Optional<User> find(String nameOrUid) {
    return users.stream().filter(user -> isMeant(nameOrUid, user.name(), user.uid())).findFirst();
  }

  private long gid(String nameOrGid) throws RunException {
    OptionalLong number = number(nameOrGid);
    Optional<Group> entry =
        groups.stream().filter(group -> isMeant(nameOrGid, group.name(), group.gid())).findFirst();
    if (entry.isEmpty() && number.isEmpty()) {
      throw new RunException(
          "group " + nameOrGid + ": expected an entry in /etc/group, found none");
    }
    return requireInRange(nameOrGid, entry.map(Group::gid).orElseGet(() -> number.orElse(0)));
  }

  /** Tells whether a name or number is that of an entry; a number is never a name. */
  private static boolean isMeant(String nameOrId, String name, long id) {
    OptionalLong number = number(nameOrId);
    return number.isPresent() ? number.getAsLong() == id : name.equals(nameOrId);
  }

  private List<Long> groupsOf(String user) {
    return groups.stream().filter(group -> group.members().contains(user)).map(Group::gid).toList();
  }

  /** The primary group is one of the additional ones too, as containerd has it. */
  private ProcessUser process(long uid, long gid, List<Long> additional) {
    List<Long> groupIds = new ArrayList<>(additional);
    if (!groupIds.contains(gid)) {
      groupIds.add(0, gid);
    }
    String home =
        users.stream().filter(user -> user.uid() == uid).map(User::home).findFirst().orElse("/");
    return new ProcessUser(uid, gid, groupIds, home);
  }

  private static long requireInRange(String what, long id) throws RunException {
    if (id < 0 || id > MAX_ID) {
      throw new RunException(
          "user or group " + what + ": expected at most " + MAX_ID + ", found " + id);
    }
    return id;
  }

  /** Returns the id that needs no entry beside another such: a number, or that of root. */
  private static OptionalLong known(String text) {
    return text.equals("root") ? OptionalLong.of(0) : number(text);
  }

  private static OptionalLong number(String text) {
    if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }
}
