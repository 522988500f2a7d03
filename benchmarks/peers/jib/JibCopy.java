// SPDX-License-Identifier: Apache-2.0
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import java.nio.file.Path;

/**
 * An image moved by Jib: JibCopy FROM TO CACHE, where FROM and TO are a Docker archive's path or
 * {@code docker://} and a reference.
 */
public final class JibCopy {
  private static final String REGISTRY = "docker://";

  private static JibContainerBuilder from(String source) throws Exception {
    return source.startsWith(REGISTRY)
        ? Jib.from(RegistryImage.named(source.substring(REGISTRY.length())))
        : Jib.from(TarImage.at(Path.of(source)));
  }

  private static Containerizer to(String target) throws Exception {
    return target.startsWith(REGISTRY)
        ? Containerizer.to(RegistryImage.named(target.substring(REGISTRY.length())))
        : Containerizer.to(TarImage.at(Path.of(target)).named("bench/base:1"));
  }

  public static void main(String[] arguments) throws Exception {
    Path cache = Path.of(arguments[2]);
    from(arguments[0])
        .containerize(
            to(arguments[1])
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(cache)
                .setApplicationLayersCache(cache));
  }
}
