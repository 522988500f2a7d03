// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * A device that a RUN asks for: {@code --device=vendor.com/class=name,required}.
 *
 * @param name the device's CDI name
 * @param required whether the RUN must fail where the device is missing
 */
public record RunDevice(String name, boolean required) {}
