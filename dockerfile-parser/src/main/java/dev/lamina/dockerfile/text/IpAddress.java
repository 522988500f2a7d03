// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

/** Tells an IP address from other text, without asking a name service. */
public final class IpAddress {

  private IpAddress() {}

  /**
   * Returns whether {@code text} is an IPv4 or IPv6 address in the forms Go's {@code net.ParseIP}
   * takes.
   */
  public static boolean isValid(String text) {
    return text.indexOf(':') < 0 ? isVersion4(text) : isVersion6(text);
  }

  private static boolean isVersion4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean digits = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
      boolean zero = part.length() > 1 && part.startsWith("0");
      if (!digits || zero || part.length() > 3 || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVersion6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == 8;
    }
    String head = text.substring(0, gap);
    String tail = text.substring(gap + 2);
    int before = head.isEmpty() ? 0 : groups(head);
    int after = tail.isEmpty() ? 0 : groups(tail);
    boolean dotsFirst = head.indexOf('.') >= 0;
    return before >= 0 && after >= 0 && before + after < 8 && !dotsFirst;
  }

  /**
   * Returns how many groups of 16 bits {@code text} has, or a number below -8 if it is malformed.
   */
  private static int groups(String text) {
    String[] parts = text.split(":", -1);
    int groups = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      if (last && parts[i].indexOf('.') >= 0 && isVersion4(parts[i])) {
        groups += 2;
      } else if (isHex(parts[i])) {
        groups++;
      } else {
        return -100;
      }
    }
    return groups;
  }

  private static boolean isHex(String part) {
    return !part.isEmpty()
        && part.length() <= 4
        && part.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
  }
}
