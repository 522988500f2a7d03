// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.deflate.InflateInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gzip stream is read in the same way whoever decodes its members. */
class MemberDecoderTest {
  /** Who decodes. */
  enum Decoder {
    JDK,
    OWN;

    private MemberDecoder on(InflateInput input) {
      return this == OWN ? MemberDecoder.own(input) : new MemberDecoder.OfJdk(input);
    }

    byte[] read(byte[] gzip) throws IOException {
      try (InputStream in = new GzipInputStream(new ByteArrayInputStream(gzip), this::on)) {
        return in.readAllBytes();
      }
    }
  }

  private static byte[] gzip(byte[]... members) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] member : members) {
      try (GZIPOutputStream out = new GZIPOutputStream(all)) {
        out.write(member);
      }
    }
    return all.toByteArray();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    Random random = new Random(size);
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) random.nextInt(1 + i % 200);
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void membersFollowEachOther(Decoder decoder) throws IOException {
    byte[] long1 = bytes(700_000);
    byte[] short2 = bytes(10);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(long1);
    expected.writeBytes(short2);
    expected.writeBytes(long1);
    assertThat(decoder.read(gzip(long1, short2, new byte[0], long1)))
        .isEqualTo(expected.toByteArray());
  }

  @ParameterizedTest
  @EnumSource
  void everyTruncationIsAnError(Decoder decoder) throws IOException {
    byte[] whole = gzip(bytes(500));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decoder.read(cut))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void damageIsAnErrorOrMakesNoDifference(Decoder decoder) throws IOException {
    byte[] bytes = bytes(500);
    byte[] whole = gzip(bytes);
    int errors = 0;
    for (int at = 10; at < whole.length; at++) { // before, a header says what nobody checks
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      try {
        assertThat(decoder.read(damaged)).as("damaged at %d", at).isEqualTo(bytes);
      } catch (IOException e) {
        errors++;
      }
    }
    assertThat(errors).isGreaterThan(whole.length - 20);
  }

  @ParameterizedTest
  @EnumSource
  void whatFollowsTheLastMemberIsAnError(Decoder decoder) throws IOException {
    byte[] whole = gzip(bytes(500));
    byte[] more = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> decoder.read(more)).isInstanceOf(IOException.class);
  }
}
