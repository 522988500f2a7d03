// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          java.util.HashMap.get, dev.lamina.store.LayerStore.layer            | dev.lamina.store
          java.security.MessageDigest.update, dev.lamina.store.BlobWriter.write | SHA-256
          dev.lamina.deflate.FastMatchFinder.find                             | deflate: matches
          dev.lamina.deflate.BlockWriter.write                                | deflate: codes
          dev.lamina.deflate.InflateDecoder.read                              | inflating
          java.util.zip.Inflater.inflate, dev.lamina.compress.GzipInputStream.read | inflating (zlib)
          java.util.zip.CRC32.updateBytes0, dev.lamina.compress.Chunk.encode  | CRC-32
          sun.nio.fs.UnixNativeDispatcher.lstat0, dev.lamina.fs.HostEntry.read | kernel: attributes of files
          sun.nio.fs.UnixNativeDispatcher.openat0                             | kernel: opening and closing files
          sun.nio.fs.UnixNativeDispatcher.readdir0                            | kernel: listing folders
          sun.nio.fs.UnixNativeDispatcher.rename0                             | kernel: making, moving and deleting files
          sun.nio.fs.UnixPath.encode, dev.lamina.fs.HostEntry.read            | the JDK's paths and attributes
          sun.nio.ch.FileDispatcherImpl.pread0, dev.lamina.fs.FileContent.read | kernel: reading files
          sun.nio.ch.FileDispatcherImpl.write0                                | kernel: writing files
          java.io.FileInputStream.readBytes                                   | kernel: reading files
          sun.nio.ch.SocketDispatcher.write0, jdk.internal.net.http.SocketTube.write | kernel: network
          java.lang.ProcessImpl.forkAndExec, dev.lamina.task.HostProcess.start | kernel: starting processes
          dev.lamina.Image.tree                                               | dev.lamina
          java.lang.Thread.run                                                | others
          """)
  void stackBelongsToWhatItsFirstFrameSays(String stack, String part) {
    StackTraceElement[] frames =
        Arrays.stream(stack.split(", ", -1))
            .map(
                name -> {
                  int dot = name.lastIndexOf('.');
                  return new StackTraceElement(
                      name.substring(0, dot), name.substring(dot + 1), null, 1);
                })
            .toArray(StackTraceElement[]::new);

    assertThat(Part.of(frames)).isEqualTo(part);
  }
}
