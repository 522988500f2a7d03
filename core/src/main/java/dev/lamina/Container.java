// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.archive.RootfsTar;
import dev.lamina.fs.Changes;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.fs.PathChange;
import dev.lamina.layer.Layer;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunException;
import dev.lamina.store.Lease;
import dev.lamina.store.StoredImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * An image with a writable layer of its own: what is changed here is nowhere else until it is
 * committed.
 *
 * <pre>{@code
 * try (Container box = image.newContainer()) {
 *   Files.writeString(box.path("/hello"), "world");   // plain java.nio.file
 *   box.exec("apt-get", "update");                    // a real process in this root
 *   box.diff().forEach(System.out::println);          // A /hello, C /var, …
 *   Image next = box.commit("debian:hello");          // one new layer; the image is as it was
 * }
 * }</pre>
 *
 * <p>As long as it is open, no prune of the store takes what was made in it, committed or not. One
 * that outlives the JVM is made by {@link ImageStore#containers}.
 *
 * <p>A process finds what Java changed before it was started; Java finds what processes changed
 * when the last of those that ran at the same time has ended. Everything but {@code exec} works on
 * every system; for that, see {@link RunEngines}. Safe for use by several threads.
 */
public final class Container implements Closeable {
  private final Image image;
  private final OverlayFileSystem files;
  private final ContainerLayers layers;
  private final ContainerProcesses processes;
  private final Lease lease; // what processes change is in layers that no image has
  private final Optional<KeptContainer> kept;
  private final String id;
  private boolean closed; // guarded by this

  private Container(Image image, Optional<RunEngine> engine, Optional<KeptContainer> kept)
      throws IOException {
    this.image = image;
    this.kept = kept;
    this.id = kept.map(KeptContainer::id).orElseGet(Container::newId);
    this.files = OverlayFileSystem.over(image.tree());
    this.layers = new ContainerLayers(image, files, kept);
    this.processes = new ContainerProcesses(image, files, layers, engine);
    this.lease = image.store().lease();
  }

  /** Makes a container whose processes run by a certain engine, or by the first that works. */
  static Container of(Image image, Optional<RunEngine> engine) throws IOException {
    return new Container(image, engine, Optional.empty());
  }

  /** Makes a container of what a store keeps of it. */
  static Container kept(Image image, Optional<RunEngine> engine, KeptContainer kept)
      throws IOException {
    return new Container(image, engine, Optional.of(kept));
  }

  static String newId() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  /** Returns the image this was made of. */
  public Image image() {
    return image;
  }

  /** Returns twelve hexadecimal digits, which are the host name that processes see. */
  public String id() {
    return id;
  }

  /** Returns the name under which the store keeps the container, if it does. */
  public Optional<String> name() {
    return kept.map(KeptContainer::name);
  }

  /**
   * Writes down what Java changed, if the store keeps the container: what processes changed is
   * there already.
   */
  public void save() throws IOException {
    layers.save();
  }

  /** Returns the file system, which Java reads and writes. */
  public OverlayFileSystem fileSystem() {
    return files;
  }

  /** Returns a path in the container, such as {@code /etc/hosts}. */
  public Path path(String first, String... more) {
    return files.getPath(first, more);
  }

  /**
   * Runs a command to its end, with nothing on stdin, as the image's user in its working directory.
   *
   * @throws dev.lamina.run.NoRunEngineException if nothing on this host can run processes
   * @throws InterruptedIOException if this thread is interrupted; the command is ended then
   */
  public ExecResult exec(String... argv) throws IOException {
    return exec(Exec.of(argv));
  }

  /**
   * Runs a command to its end as {@link #exec(String...)} does, or until its timeout.
   *
   * @throws RunException if it ran for longer; it and all that it started is ended then
   */
  public ExecResult exec(Exec command) throws IOException {
    OutputTail output = new OutputTail();
    ContainerProcess process = start(command, new ProcessIo(Optional.empty(), output, output));
    try {
      if (command.timeout().isPresent()) {
        OptionalInt code = process.waitFor(command.timeout().get());
        if (code.isEmpty()) {
          process.kill();
          throw timedOut(command, output);
        }
        return new ExecResult(code.getAsInt(), output.text());
      }
      return new ExecResult(process.waitFor(), output.text());
    } catch (InterruptedException e) {
      process.kill();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while running " + command.argv().get(0));
    }
  }

  private static RunException timedOut(Exec command, OutputTail output) {
    return new RunException(
        String.join(" ", command.argv())
            + ": expected an end within "
            + command.timeout().orElseThrow().toMillis()
            + " ms, found none\n"
            + output.text());
  }

  /**
   * Starts a command and returns.
   *
   * @param io where its input comes from and its output goes
   */
  public ContainerProcess start(Exec command, ProcessIo io) throws IOException {
    return processes.start(command, io, id);
  }

  /**
   * Starts a command and returns it as the JDK's {@link ProcessBuilder} would: with streams to
   * write its input to and to read its output from. Ending it ends all it started. Waiting for it
   * throws {@link java.io.UncheckedIOException} if what it changed can't be taken over.
   */
  public Process process(Exec command) throws IOException {
    return ExecProcess.start(this, command);
  }

  /**
   * Copies a file or folder into the container, as {@code docker cp} does: into a directory that is
   * there under its own name, else to the very name that is given, whose parent must be there. A
   * folder that ends with {@code /.} stands for what is in it. Owner, group, mode, times, {@code
   * user.*} attributes and hard links are kept; where the host's file system knows no owners, all
   * is root's. Links are copied, not followed.
   *
   * @param source of any file system
   * @param destination a path, from the root on; links are followed; a slash behind it says that it
   *     is a directory
   * @throws java.nio.file.NoSuchFileException if the source isn't there, or the destination's
   *     parent
   * @throws java.nio.file.FileSystemException if a file is in a directory's way or the other way
   *     round; nothing is copied then
   */
  public void copyIn(Path source, String destination) throws IOException {
    add(CopyIn.changes(source, files.snapshot(), destination));
  }

  /**
   * Lays the files of a tar, compressed or not, into a directory, as {@code docker cp -} does, with
   * the owners they have there.
   *
   * @param tar read to its end, and not closed
   * @throws java.nio.file.NoSuchFileException if there is no such directory
   */
  public void copyIn(InputStream tar, String directory) throws IOException {
    add(CopyIn.tar(tar, files.snapshot(), directory));
  }

  private void add(Changes changes) throws IOException {
    if (!changes.isEmpty()) {
      Layer unused = layers.add(changes);
    }
  }

  /**
   * Copies a file or directory out of the container, as {@code docker cp} does: into a folder that
   * is there under its own name, else to the very name that is given, whose parent must be there. A
   * directory that ends with {@code /.} stands for what is in it; a link is copied, unless a slash
   * stands behind it. Modes, times and hard links are kept, the owner is the caller; devices and
   * pipes are left out.
   *
   * @throws java.nio.file.NoSuchFileException if the source isn't there, or the destination's
   *     parent
   * @throws java.nio.file.FileSystemException if a file is in a folder's way or the other way round
   */
  public void copyOut(String source, Path destination) throws IOException {
    CopyOut.of(files.snapshot(), source).writeTo(destination);
  }

  /**
   * Writes a file or directory of the container as a tar, as {@code docker cp} to {@code -} does.
   *
   * @param tar is neither flushed nor closed
   */
  public void copyOut(String source, OutputStream tar) throws IOException {
    RootfsTar.write(CopyOut.of(files.snapshot(), source).tree(), tar);
  }

  /**
   * Writes all files of the container as a tar, as {@code docker export} does, without the mount
   * points that Docker adds.
   *
   * @param tar is neither flushed nor closed
   */
  public void export(OutputStream tar) throws IOException {
    RootfsTar.write(files.snapshot(), tar);
  }

  /**
   * Returns what differs from the image, as {@code docker diff} shows it: sorted by path, with the
   * directories above each change.
   */
  public List<PathChange> diff() throws IOException {
    return files.diff();
  }

  /**
   * Makes an image of the container: the image's layers and one more, and gives it a name.
   *
   * @param name such as {@code debian:hello}; without a tag it gets {@code latest}
   * @return the new image; this container goes on as it is
   */
  @CanIgnoreReturnValue
  public Image commit(String name) throws IOException {
    return commit(Commit.as(name));
  }

  /** Makes an image of the container as {@link #commit(String)} does. */
  @CanIgnoreReturnValue
  public Image commit(Commit commit) throws IOException {
    Image made = new Image(image.store(), put(commit), Optional.empty());
    Optional<ImageReference> name = commit.name();
    return name.isPresent() ? made.tag(name.get().toString()) : made;
  }

  private StoredImage put(Commit commit) throws IOException {
    Changes changes = files.changes();
    ImageConfig config = image.config().withAuthor(commit.author());
    config = config.withConfig(commit.applyTo(config.config(), config.platform()));
    var now = Clock.systemUTC().instant();
    HistoryEntry entry =
        new HistoryEntry(
            Optional.of(now),
            String.join(" ", createdBy(image.config().config())),
            commit.author(),
            commit.message(),
            changes.isEmpty());
    List<Layer> layers = new ArrayList<>(image.layers());
    if (changes.isEmpty()) { // as docker commit: no layer for nothing
      config = config.withHistory(entry);
    } else {
      Layer layer = image.store().layers().commit(changes);
      layers.add(layer);
      config = config.withLayer(layer.diffId(), entry);
    }
    return image.store().put(config.withCreated(now), layers);
  }

  private static List<String> createdBy(ContainerConfig config) {
    List<String> command = new ArrayList<>(config.entrypoint());
    command.addAll(config.cmd());
    return command;
  }

  /**
   * Ends the container's processes. What was not committed is forgotten, unless the store keeps the
   * container. Idempotent.
   */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try (lease;
        files) {
      if (kept.isPresent()) {
        processes.end();
        layers.save();
      }
      processes.close();
    } finally {
      if (kept.isPresent()) {
        kept.get().close();
      }
    }
  }
}
