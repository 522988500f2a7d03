// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

/**
 * A place where a secret stands. The secret itself is not kept.
 *
 * @param rule what kind it looks like
 * @param step the number of the step that put it there, or 0 if it stands in the configuration
 * @param where the place: {@code /root/.npmrc:1}, {@code environment variable API_TOKEN}, {@code
 *     history of step 3}
 * @param visible whether it can be seen in the image, or only in a layer below
 */
public record Secret(String rule, int step, String where, boolean visible) {
  /** Returns rule, place and step in words. */
  @Override
  public String toString() {
    String text = rule + " in " + where;
    if (step > 0) {
      text += ", stored by step " + step;
    }
    return visible ? text : text + ", hidden by a later step but still in its layer";
  }
}
