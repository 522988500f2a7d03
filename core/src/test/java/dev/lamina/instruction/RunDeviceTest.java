// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.build.BuildException;
import dev.lamina.build.BuildPlan;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** RUN --device: nothing is registered here, which is said and never passed over. */
class RunDeviceTest {
  private static BuildPlan plan(String flag) throws IOException, InterruptedException {
    try (ImageStore store = ImageStore.inMemory()) {
      return ImageBuilder.fromText("FROM scratch\nRUN " + flag + " [\"/probe\"]\n")
          .store(store)
          .plan();
    }
  }

  @Test
  void requiredDeviceIsAnError() {
    assertThatThrownBy(() -> plan("--device=vendor.com/gpu=one,required"))
        .isInstanceOfSatisfying(BuildException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessageContaining("required device \"vendor.com/gpu=one\" is not registered");
  }

  @Test
  void optionalDeviceIsAWarning() throws IOException, InterruptedException {
    assertThat(plan("--device=vendor.com/gpu=one").warnings())
        .anySatisfy(
            warning -> {
              assertThat(warning.rule()).isEqualTo("DeviceNotRegistered");
              assertThat(warning.line()).isEqualTo(2);
            });
  }
}
