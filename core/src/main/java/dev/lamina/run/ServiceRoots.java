// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.archive.RootfsTar;
import dev.lamina.fs.FileTree;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.task.PathLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Images of the service that hold what some layers make together. They are called after the chain
 * ID of those, and outlive sessions: who needs the same root again finds it there, and who needs it
 * with more layers brings only those.
 */
final class ServiceRoots {
  private static final String NAME = "lamina-root";
  private static final String LABEL = "dev.lamina.root";
  private static final int MAX_ANSWER = 16 << 20;

  /** A service takes about 125 layers, of which a container needs one or two. */
  static final int MAX_LAYERS = 100;

  private final ServiceProgram program;
  private final Path locks;
  private final List<Layer> layers;
  private final List<FileTree> trees = new ArrayList<>();

  private ServiceRoots(ServiceProgram program, Path locks, List<Layer> layers) {
    this.program = program;
    this.locks = locks;
    this.layers = layers;
  }

  /**
   * Prepares the images of some layers.
   *
   * @param locks a folder for files that are locked
   */
  static ServiceRoots of(ServiceProgram program, Path locks, List<Layer> layers)
      throws IOException {
    ServiceRoots roots = new ServiceRoots(program, locks, layers);
    FileTree tree = FileTree.empty();
    for (Layer layer : layers) {
      tree = layer.applyTo(tree);
      roots.trees.add(tree);
    }
    return roots;
  }

  /** Returns what all the layers make together. */
  FileTree tree() {
    return layers.isEmpty() ? FileTree.empty() : trees.get(layers.size() - 1);
  }

  /** Returns the image of as many of the lowest layers as the service has one of. */
  Optional<ServiceImage> nearest() throws IOException {
    Set<String> tags =
        new HashSet<>(program.require("images", "--format", "{{.Tag}}", NAME).lines().toList());
    for (int count = layers.size(); count > 0; count--) {
      String tag = tag(layers.subList(0, count));
      if (tags.contains(tag)) {
        Optional<ServiceImage> image = inspected(NAME + ":" + tag, trees.get(count - 1));
        if (image.isPresent()) {
          return image;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<ServiceImage> inspected(String name, FileTree tree) throws IOException {
    String format = "{\"layers\":{{len .RootFS.Layers}},\"env\":{{json .Config.Env}} }";
    String answer = program.answer(List.of("image", "inspect", "--format", format, name));
    if (answer.isEmpty()) {
      return Optional.empty(); // somebody removed it
    }
    byte[] json = answer.getBytes(StandardCharsets.UTF_8);
    JsonFields fields = JsonFields.of(StrictJson.parseObject(json, name, MAX_ANSWER), name);
    Set<String> variables = new HashSet<>();
    for (String variable : fields.strings("env")) {
      variables.add(variable.replaceFirst("=.*", ""));
    }
    int layerCount = (int) fields.requireNumber("layers");
    return Optional.of(new ServiceImage(name, tree, layerCount, variables));
  }

  /** Imports all the layers as one image, unless somebody just did. */
  ServiceImage imported() throws IOException {
    String tag = tag(layers);
    String name = NAME + ":" + tag;
    Files.createDirectories(locks);
    return PathLock.holding(
        locks.resolve(tag + ".root.lock"),
        () -> {
          Optional<ServiceImage> there = inspected(name, tree());
          if (there.isPresent()) {
            return there.get();
          }
          String unused =
              program.require(
                  List.of("import", "--change", "LABEL " + LABEL + "=" + tag, "-", name),
                  stdin -> RootfsTar.write(tree(), stdin));
          return new ServiceImage(name, tree(), 1, Set.of());
        });
  }

  /**
   * Makes an image of the layers and one more of a container that holds just that. That it can't be
   * made costs the next session time, no more.
   *
   * @param image what the container was made of
   */
  void keep(String container, ServiceImage image, Layer layer) throws IOException {
    if (image.layers() < MAX_LAYERS) {
      List<Layer> all = new ArrayList<>(layers);
      all.add(layer);
      String tag = tag(all);
      program.attempt(
          List.of(
              "commit",
              "--change",
              "LABEL " + LABEL + "=" + tag,
              "--change",
              "LABEL " + ServicePlace.LABEL + "=", // it isn't this session's any more
              container,
              NAME + ":" + tag));
    }
  }

  private static String tag(List<Layer> layers) {
    return Digest.chainId(layers.stream().map(Layer::diffId).toList()).hex();
  }
}
