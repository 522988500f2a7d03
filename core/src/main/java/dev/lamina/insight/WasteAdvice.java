// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

/** Says in a sentence what a waste is and how it can be avoided. */
final class WasteAdvice {
  private WasteAdvice() {}

  static String text(Waste waste) {
    boolean one = waste.files().entries() == 1;
    return String.format(
        "%s: step %d stores %s (%s%s), %s",
        Texts.size(waste.files().bytes()),
        waste.storedBy(),
        one ? "a file" : waste.files().entries() + " files",
        one ? "" : "the largest ",
        Texts.safe(waste.largest().toString()),
        how(waste, one ? "it" : "them"));
  }

  private static String how(Waste waste, String them) {
    String step =
        waste.storedBy() == waste.hiddenBy() ? "the same step" : "step " + waste.hiddenBy();
    return switch (waste.how()) {
      case DELETED ->
          "%s deletes %s: delete %s in the step that makes %s".formatted(step, them, them, them);
      case ATTRIBUTES ->
          step
              + " stores the same bytes again with other attributes: set owner and mode while"
              + " copying (--chown, --chmod)";
      case AGAIN -> step + " stores " + them + " again, unchanged";
      default ->
          step + (them.equals("it") ? " puts another in its place" : " puts others in their place");
    };
  }
}
