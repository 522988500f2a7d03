// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.layer;

import dev.lamina.benchmarks.sample.SampleBytes;
import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.compress.Compressor;
import dev.lamina.fs.Changes;
import dev.lamina.layer.LayerWriter;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Files in memory (64 MB) to a gzip layer with its digest and its diff ID. The baseline is how it
 * is usually done in Java: commons-compress, GZIPOutputStream, and a DigestOutputStream on either
 * side.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 4)
@Measurement(iterations = 5, time = 4)
@Fork(value = 3, jvmArgsAppend = "-Xmx1g")
@State(Scope.Benchmark)
public class CommitBenchmark {
  private static final int SIZE = 64 << 20;

  /** How many files there are. */
  @Param({"4000"})
  public int files;

  private byte[] bytes = {};
  private Changes changes = Changes.none();

  /** Makes the files. */
  @Setup
  public void makeFiles() {
    bytes = SampleBytes.mixed(SIZE, 1);
    changes = SampleFiles.files(bytes, files);
  }

  /** Lamina's pipeline, on all cores. */
  @Benchmark
  public Digest lamina() throws IOException {
    return write(Compressor.of(CompressionOptions.DEFAULT));
  }

  /** Lamina's pipeline, on one core. */
  @Benchmark
  public Digest laminaOnOneCore() throws IOException {
    return write(Compressor.of(CompressionOptions.DEFAULT).withParallelism(1));
  }

  private Digest write(Compressor compressor) throws IOException {
    DigestOutputStream blob = new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
    LayerWriter.Written written;
    try (OutputStream out = compressor.open(blob)) {
      written = LayerWriter.write(changes, out);
    }
    return require(written.diffId(), blob);
  }

  /** The baseline. */
  @Benchmark
  public Digest commonsAndGzipStream() throws IOException {
    DigestOutputStream blob = new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
    DigestOutputStream tar = new DigestOutputStream(new GZIPOutputStream(blob), sha256());
    int size = SIZE / files;
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(tar)) {
      for (int i = 0; i < files; i++) {
        TarArchiveEntry entry = new TarArchiveEntry(SampleFolders.file(i));
        entry.setSize(size);
        out.putArchiveEntry(entry);
        out.write(bytes, i * size, size);
        out.closeArchiveEntry();
      }
    }
    return require(Digest.of(tar.getMessageDigest().digest()), blob);
  }

  private static Digest require(Digest diffId, DigestOutputStream blob) {
    Digest digest = Digest.of(blob.getMessageDigest().digest());
    if (digest.equals(diffId)) {
      throw new IllegalStateException("nothing was compressed");
    }
    return digest;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
