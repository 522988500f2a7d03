// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Objects;
import javax.annotation.Nullable;

/** A device, fifo or socket. */
abstract sealed class SpecialInode extends Inode {
  SpecialInode(Metadata metadata) {
    super(metadata);
  }

  private SpecialInode(Attributes attributes, long seconds, int nanos) {
    super(attributes, seconds, nanos);
  }

  /** Whether kind and numbers are those of {@code other}. */
  boolean sameKind(SpecialInode other) {
    return getClass() == other.getClass();
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof SpecialInode other && sameKind(other) && sameMetadata(other);
  }

  @Override
  public int hashCode() {
    return Objects.hash(getClass(), attributes, mtime());
  }

  /** A block or character device. */
  static final class DeviceInode extends SpecialInode implements Node.Device {
    private final boolean block;
    private final int major;
    private final int minor;

    DeviceInode(Metadata metadata, boolean block, int major, int minor) {
      super(metadata);
      this.block = block;
      this.major = major;
      this.minor = minor;
    }

    private DeviceInode(Attributes attributes, long seconds, int nanos, DeviceInode like) {
      super(attributes, seconds, nanos);
      this.block = like.block;
      this.major = like.major;
      this.minor = like.minor;
    }

    @Override
    public boolean isBlock() {
      return block;
    }

    @Override
    public int major() {
      return major;
    }

    @Override
    public int minor() {
      return minor;
    }

    @Override
    boolean sameKind(SpecialInode other) {
      return other instanceof DeviceInode d
          && block == d.block
          && major == d.major
          && minor == d.minor;
    }

    @Override
    DeviceInode with(Attributes newAttributes, long newSeconds, int newNanos) {
      return new DeviceInode(newAttributes, newSeconds, newNanos, this);
    }

    @Override
    public DeviceInode withMetadata(Metadata metadata) {
      return (DeviceInode) with(metadata);
    }

    @Override
    Node.Device node(LinkTable links) {
      return this;
    }

    @Override
    public String toString() {
      String kind = block ? "block device " : "character device ";
      return Nodes.describe(kind + major + ":" + minor, this);
    }
  }

  /** A named pipe. */
  static final class FifoInode extends SpecialInode implements Node.Fifo {
    FifoInode(Metadata metadata) {
      super(metadata);
    }

    private FifoInode(Attributes attributes, long seconds, int nanos) {
      super(attributes, seconds, nanos);
    }

    @Override
    FifoInode with(Attributes newAttributes, long newSeconds, int newNanos) {
      return new FifoInode(newAttributes, newSeconds, newNanos);
    }

    @Override
    public FifoInode withMetadata(Metadata metadata) {
      return (FifoInode) with(metadata);
    }

    @Override
    Node.Fifo node(LinkTable links) {
      return this;
    }

    @Override
    public String toString() {
      return Nodes.describe("fifo", this);
    }
  }

  /** A socket. */
  static final class SocketInode extends SpecialInode implements Node.Socket {
    SocketInode(Metadata metadata) {
      super(metadata);
    }

    private SocketInode(Attributes attributes, long seconds, int nanos) {
      super(attributes, seconds, nanos);
    }

    @Override
    SocketInode with(Attributes newAttributes, long newSeconds, int newNanos) {
      return new SocketInode(newAttributes, newSeconds, newNanos);
    }

    @Override
    public SocketInode withMetadata(Metadata metadata) {
      return (SocketInode) with(metadata);
    }

    @Override
    Node.Socket node(LinkTable links) {
      return this;
    }

    @Override
    public String toString() {
      return Nodes.describe("socket", this);
    }
  }
}
