// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code --chown} or USER says of an owner, {@code user[:group]}, each a number or a name that
 * is looked up in the image's files. As with BuildKit, a name that isn't there stands for 0, a user
 * by number alone has the group of that number, and one by name alone the group it has in {@code
 * /etc/passwd}.
 *
 * @param user a name or a number
 * @param group a name or a number
 * @param hasGroup whether there is a group; an empty one means 0
 */
record OwnerSpec(String user, String group, boolean hasGroup) {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");
  private static final long MAX_ID = 0xFFFF_FFFFL;

  static OwnerSpec parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new OwnerSpec(text, "", false)
        : new OwnerSpec(text.substring(0, colon), text.substring(colon + 1), true);
  }

  private boolean hasNames() {
    return Stream.of(user, group).anyMatch(part -> number(part).isEmpty());
  }

  /** Returns the owner as the files have it. */
  Owner resolve(FileTree files) throws IOException {
    Owner owner =
        number(user).isPresent()
            ? new Owner(number(user).getAsLong(), number(user).getAsLong())
            : Accounts.user(files, user).orElse(Owner.ROOT);
    if (!hasGroup) {
      return owner;
    }
    OptionalLong gid = number(group).isPresent() ? number(group) : Accounts.group(files, group);
    return new Owner(owner.uid(), gid.orElse(owner.gid()));
  }

  /**
   * Returns the owner as the files below a layer have it. A stage that has no layer has no names to
   * look up; one whose layers are empty has none either, but is asked, as by BuildKit.
   *
   * @throws StepException if there is a name, and no layer
   */
  Owner resolve(LayerInputs inputs) throws IOException, InterruptedException {
    if (hasNames() && inputs.isFirst()) {
      throw new StepException(
          "owner \""
              + user
              + (hasGroup ? ":" + group : "")
              + "\": a name can't be looked up in an empty image, use numbers");
    }
    return resolve(inputs.files());
  }

  /** Returns what of it is a name that the files don't have: {@code user app}. */
  List<String> unknownOn(FileTree files) throws IOException {
    List<String> unknown = new ArrayList<>();
    if (number(user).isEmpty() && Accounts.user(files, user).isEmpty()) {
      unknown.add("user " + user);
    }
    if (hasGroup && number(group).isEmpty() && Accounts.group(files, group).isEmpty()) {
      unknown.add("group " + group);
    }
    return unknown;
  }

  private static OptionalLong number(String text) {
    if (text.isEmpty() || text.equals("root")) {
      return OptionalLong.of(0);
    }
    if (!NUMBER.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    try {
      long value = Long.parseLong(text);
      boolean fits = value == (int) value;
      long id = value & MAX_ID;
      return fits ? OptionalLong.of(id == MAX_ID ? 0 : id) : OptionalLong.empty(); // -1: unchanged
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
