// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.junit.jupiter.api.Test;

/** Extended attributes of the name space user. */
interface XattrContract extends ContractFixture {

  private UserDefinedFileAttributeView view(String path) throws IOException {
    assumeTrue(
        Files.getFileStore(root()).supportsFileAttributeView("user"),
        "the host's file system has no extended attributes of users");
    return Files.getFileAttributeView(p(path), UserDefinedFileAttributeView.class);
  }

  private static byte[] read(UserDefinedFileAttributeView view, String name) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(view.size(name));
    view.read(name, buffer);
    return buffer.array();
  }

  @Test
  default void aValueIsWrittenAndRead() throws IOException {
    UserDefinedFileAttributeView view = view("low/file");
    assertThat(view.name()).isEqualTo("user");
    assertThat(view.write("x", ByteBuffer.wrap(new byte[] {1, 0, 2}))).isEqualTo(3);
    assertThat(read(view, "x")).containsExactly(1, 0, 2);
    assertThat(view.list()).containsExactly("x");
    assertThat(read(view("low/hard"), "x")).containsExactly(1, 0, 2);
  }

  @Test
  default void anyBytesAreAValue() throws IOException {
    UserDefinedFileAttributeView view = view("low/file");
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    view.write("all", ByteBuffer.wrap(all));
    view.write("empty", ByteBuffer.allocate(0));
    assertThat(read(view, "all")).isEqualTo(all);
    assertThat(view.size("empty")).isZero();
    assertThat(view.list()).containsExactlyInAnyOrder("all", "empty");
  }

  @Test
  default void aValueIsReplacedAndRemoved() throws IOException {
    UserDefinedFileAttributeView view = view("low/dir");
    view.write("x", ByteBuffer.wrap(new byte[] {1}));
    view.write("x", ByteBuffer.wrap(new byte[] {2, 3}));
    assertThat(read(view, "x")).containsExactly(2, 3);
    view.delete("x");
    assertThat(view.list()).isEmpty();
    assertThatThrownBy(() -> view.delete("x")).isInstanceOf(FileSystemException.class);
  }

  @Test
  default void whatIsMissingIsNotRead() throws IOException {
    UserDefinedFileAttributeView view = view("low/file");
    assertThatThrownBy(() -> view.size("no")).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> view.read("no", ByteBuffer.allocate(10)))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> Files.getAttribute(p("low/file"), "user:no"))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  default void aBufferMustBeLongEnough() throws IOException {
    UserDefinedFileAttributeView view = view("low/file");
    view.write("x", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThatThrownBy(() -> view.read("x", ByteBuffer.allocate(2)))
        .isInstanceOf(IOException.class);
  }

  @Test
  default void valuesHaveNamesAsAttributes() throws IOException {
    assertThat(view("low/file").list()).isEmpty();
    Files.setAttribute(p("low/file"), "user:x", new byte[] {7});
    Files.setAttribute(p("low/file"), "user:y", ByteBuffer.wrap(new byte[] {8}));
    assertThat((byte[]) Files.getAttribute(p("low/file"), "user:x")).containsExactly(7);
    assertThat(Files.readAttributes(p("low/file"), "user:*")).containsOnlyKeys("x", "y");
  }

  @Test
  default void aValueLeavesTheTime() throws IOException {
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    UserDefinedFileAttributeView view = view("low/file");
    Files.setLastModifiedTime(p("low/file"), old);
    view.write("x", ByteBuffer.allocate(1));
    assertThat(Files.getLastModifiedTime(p("low/file"))).isEqualTo(old);
  }

  @Test
  default void manyValuesAreKept() throws IOException {
    UserDefinedFileAttributeView view = view("low/file");
    for (int i = 0; i < 20; i++) {
      view.write("name" + i, ByteBuffer.wrap(new byte[] {(byte) i}));
    }
    assertThat(view.list()).hasSize(20);
    assertThat(read(view, "name13")).containsExactly(13);
  }

  @Test
  default void valuesStayWhenTheFileIsWrittenAndMoved() throws IOException {
    view("low/file").write("x", ByteBuffer.wrap(new byte[] {1}));
    Files.writeString(p("low/file"), "changed");
    Files.move(p("low/file"), p("moved"));
    assertThat(read(view("moved"), "x")).containsExactly(1);
  }
}
