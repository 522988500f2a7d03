// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import dev.lamina.ImageBuilder;
import dev.lamina.archive.DockerProgram;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An image that is built here and loaded into a container daemon when somebody asks for its name:
 * what Testcontainers' {@code ImageFromDockerfile} is, without the daemon's builder.
 *
 * <pre>{@code
 * new GenericContainer<>(DaemonImage.of(ImageBuilder.fromDockerfile(file), "shop/app:test"))
 * }</pre>
 *
 * <p>It is a {@code Future<String>}, which is what {@code GenericContainer} takes; the first {@link
 * #get} builds and loads in a thread of its own. With docker-java the name is that of the image to
 * create a container of. Needs the {@code docker} program, or another that has {@code load}. Safe
 * for use by several threads.
 */
public final class DaemonImage implements Future<String> {
  private final FutureTask<String> task;
  private final AtomicBoolean started = new AtomicBoolean();

  private DaemonImage(FutureTask<String> task) {
    this.task = task;
  }

  /**
   * Returns an image for the daemon that the {@code docker} program talks to.
   *
   * @param name what it is called there, such as {@code shop/app:test}
   */
  public static DaemonImage of(ImageBuilder builder, String name) {
    return of(builder, name, DockerProgram.docker());
  }

  /** Returns an image for the daemon of another program. */
  public static DaemonImage of(ImageBuilder builder, String name, DockerProgram program) {
    return new DaemonImage(
        new FutureTask<>(
            () -> {
              builder.tag(name).build().tag(name).writeTo(program);
              return name;
            }));
  }

  /**
   * Returns the image's name, once the daemon has the image.
   *
   * @throws ExecutionException if it can't be built, or the daemon doesn't take it
   */
  @Override
  public String get() throws InterruptedException, ExecutionException {
    start();
    return task.get();
  }

  @Override
  public String get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    start();
    return task.get(timeout, unit);
  }

  private void start() {
    if (started.compareAndSet(false, true)) {
      Thread thread = new Thread(task, "lamina-daemon-image");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return task.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean isCancelled() {
    return task.isCancelled();
  }

  @Override
  public boolean isDone() {
    return task.isDone();
  }
}
