// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the bytes of an answer get from the client to the reader. */
class TimedBodyTest {
  private static final int MESSAGES = 1_000;

  private final TimedBody body = new TimedBody(Duration.ofSeconds(10));
  private final Client client = new Client();

  /** What the body asks of the client: never more on its way than it is to hold. */
  private static final class Client implements Flow.Subscription {
    private final List<Long> requests = new ArrayList<>();
    private long wanted;

    @Override
    public void request(long n) {
      requests.add(n);
      wanted += n;
    }

    @Override
    public void cancel() {
      wanted = 0;
    }
  }

  @BeforeEach
  void subscribe() {
    body.onSubscribe(client);
  }

  private void come(int from, int to) {
    for (int i = from; i < to; i++) {
      body.onNext(List.of(ByteBuffer.wrap(new byte[] {(byte) i}), ByteBuffer.wrap(new byte[2])));
    }
  }

  @Test
  void readerAsksForManyMessagesAtATime() throws IOException {
    byte[] piece = new byte[3];
    int given = 0;
    for (int i = 0; i < MESSAGES; i++) {
      int more = (int) Math.min(MESSAGES, client.wanted);
      come(given, more);
      given = more;
      assertThat(body.read(piece, 0, 3)).isEqualTo(3);
      assertThat(piece[0]).isEqualTo((byte) i);
      assertThat(client.wanted - (i + 1)).isBetween(32L, 64L);
    }
    assertThat(client.requests).hasSizeLessThan(2 + MESSAGES / 32);
  }

  @Test
  void readGivesAllThatHasCome() throws IOException {
    come(0, 10);
    byte[] bytes = new byte[100];
    assertThat(body.read(bytes, 0, 25)).isEqualTo(25);
    assertThat(body.read(bytes, 25, 75)).isEqualTo(5);
    for (int i = 0; i < 10; i++) {
      assertThat(bytes[3 * i]).isEqualTo((byte) i);
    }
  }

  @Test
  void bytesBeforeTheEndAreGivenFirst() throws IOException {
    come(0, 2);
    body.onComplete();
    assertThat(body.read(new byte[100], 0, 100)).isEqualTo(6);
    assertThat(body.read()).isEqualTo(-1);
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void bytesBeforeAFailureAreGivenFirst() throws IOException {
    come(0, 2);
    body.onError(new IOException("connection reset"));
    assertThat(body.read(new byte[100], 0, 100)).isEqualTo(6);
    assertThatThrownBy(body::read).isInstanceOf(IOException.class).hasMessageContaining("reset");
  }
}
