// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Objects;
import javax.annotation.Nullable;

/** A regular file. */
final class FileInode extends Inode implements Node.File {
  private final Content content;

  FileInode(Metadata metadata, Content content) {
    super(metadata);
    this.content = content;
  }

  private FileInode(Attributes attributes, long seconds, int nanos, Content content) {
    super(attributes, seconds, nanos);
    this.content = content;
  }

  private FileInode(Inode like, Content content) {
    super(like);
    this.content = content;
  }

  @Override
  public Content content() {
    return content;
  }

  @Override
  public long size() {
    return content.size();
  }

  FileInode withContent(Content newContent) {
    return new FileInode(this, newContent);
  }

  @Override
  FileInode with(Attributes newAttributes, long newSeconds, int newNanos) {
    return new FileInode(newAttributes, newSeconds, newNanos, content);
  }

  @Override
  public FileInode withMetadata(Metadata metadata) {
    return (FileInode) with(metadata);
  }

  @Override
  Node.File node(LinkTable links) {
    return this;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof FileInode file && sameMetadata(file) && content.equals(file.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(attributes, mtime(), content);
  }

  @Override
  public String toString() {
    return Nodes.describe("file", this) + " " + size() + " bytes";
  }
}
