// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;

/** A path of an {@link OverlayFileSystem}: names as bytes, and whether it starts at the root. */
final class OverlayPath implements Path {
  private static final byte[] NO_NAME = {};
  private static final byte[] DOT_DOT = {'.', '.'};

  private final OverlayFileSystem fs;
  private final boolean absolute;
  private final byte[][] names; // a relative path without a name has one, which is empty
  private int hash;
  private @Nullable String text;

  OverlayPath(OverlayFileSystem fs, boolean absolute, byte[][] names) {
    this.fs = fs;
    this.absolute = absolute;
    this.names = names.length == 0 && !absolute ? new byte[][] {NO_NAME} : names;
  }

  static OverlayPath parse(OverlayFileSystem fs, String path) {
    return parse(fs, FileNames.encode(path), path);
  }

  static OverlayPath parse(OverlayFileSystem fs, byte[] path, String shown) {
    List<byte[]> names = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= path.length; i++) {
      if (i < path.length && path[i] == 0) {
        throw new InvalidPathException(shown, "NUL in a path", i);
      }
      if (i == path.length || path[i] == '/') {
        if (i > begin) {
          names.add(Arrays.copyOfRange(path, begin, i));
        }
        begin = i + 1;
      }
    }
    boolean absolute = path.length > 0 && path[0] == '/';
    return new OverlayPath(fs, absolute, names.toArray(Names.NONE));
  }

  /** This path of ours, or the exception NIO has for those of others. */
  static OverlayPath of(Path path) {
    if (!(path instanceof OverlayPath ours)) {
      throw path == null ? new NullPointerException("path") : new ProviderMismatchException();
    }
    return ours;
  }

  boolean isEmpty() {
    return names.length == 1 && names[0].length == 0;
  }

  /** The names from the root down, dots and all; the working directory is the root. */
  byte[][] rawNames() {
    return isEmpty() ? Names.NONE : names;
  }

  private OverlayPath with(boolean isAbsolute, byte[][] itsNames) {
    return new OverlayPath(fs, isAbsolute, itsNames);
  }

  /** The path of an entry of this directory. */
  OverlayPath child(byte[] name) {
    return with(absolute, isEmpty() ? new byte[][] {name} : Names.append(names, name));
  }

  @Override
  public OverlayFileSystem getFileSystem() {
    return fs;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable OverlayPath getRoot() {
    return absolute ? with(true, Names.NONE) : null;
  }

  @Override
  public @Nullable OverlayPath getFileName() {
    if (names.length == 0) {
      return null;
    }
    return names.length == 1 && !absolute
        ? this
        : with(false, new byte[][] {names[names.length - 1]});
  }

  @Override
  public @Nullable OverlayPath getParent() {
    if (names.length == 0 || (names.length == 1 && !absolute)) {
      return null;
    }
    return with(absolute, Arrays.copyOf(names, names.length - 1));
  }

  @Override
  public int getNameCount() {
    return names.length;
  }

  @Override
  public OverlayPath getName(int index) {
    if (index < 0 || index >= names.length) {
      throw new IllegalArgumentException("name " + index + " of " + names.length);
    }
    return with(false, new byte[][] {names[index]});
  }

  @Override
  public OverlayPath subpath(int begin, int end) {
    if (begin < 0 || end > names.length || begin >= end) {
      throw new IllegalArgumentException("names " + begin + " to " + end + " of " + names.length);
    }
    return with(false, Arrays.copyOfRange(names, begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof OverlayPath path
        && path.fs == fs
        && path.absolute == absolute
        && Names.startsWith(names, path.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(other instanceof OverlayPath path) || path.fs != fs) {
      return false;
    }
    int from = names.length - path.names.length;
    if (path.absolute) {
      return absolute && from == 0 && Names.startsWith(names, path.names);
    }
    return from >= 0
        && Arrays.equals(
            names, from, names.length, path.names, 0, path.names.length, Arrays::compareUnsigned);
  }

  @Override
  public OverlayPath normalize() {
    List<byte[]> kept = new ArrayList<>(names.length);
    boolean changed = false;
    for (byte[] name : names) {
      boolean dots = Names.isDots(name);
      if (!dots || (name.length == 2 && !absolute && canClimb(kept))) {
        kept.add(name);
      } else {
        changed = true;
        if (name.length == 2 && !kept.isEmpty()) {
          kept.remove(kept.size() - 1);
        }
      }
    }
    return changed ? with(absolute, kept.toArray(Names.NONE)) : this;
  }

  /** Whether a relative path with these names can only go on upwards. */
  private static boolean canClimb(List<byte[]> kept) {
    return kept.isEmpty() || Arrays.equals(kept.get(kept.size() - 1), DOT_DOT);
  }

  @Override
  public OverlayPath resolve(Path other) {
    OverlayPath path = of(other);
    if (path.absolute || isEmpty()) {
      return path;
    }
    if (path.isEmpty()) {
      return this;
    }
    byte[][] both = Arrays.copyOf(names, names.length + path.names.length);
    System.arraycopy(path.names, 0, both, names.length, path.names.length);
    return with(absolute, both);
  }

  @Override
  public OverlayPath relativize(Path other) {
    OverlayPath target = of(other);
    if (target.absolute != absolute) {
      throw new IllegalArgumentException("one of " + this + " and " + target + " is relative");
    }
    if (isEmpty()) {
      return target;
    }
    byte[][] from = normalize().rawNames();
    byte[][] to = target.normalize().rawNames();
    int same = 0;
    while (same < from.length && same < to.length && Arrays.equals(from[same], to[same])) {
      same++;
    }
    List<byte[]> way = new ArrayList<>();
    for (int i = same; i < from.length; i++) {
      if (Arrays.equals(from[i], DOT_DOT)) {
        throw new IllegalArgumentException("no way from " + this + " to " + target);
      }
      way.add(DOT_DOT);
    }
    way.addAll(Arrays.asList(to).subList(same, to.length));
    return with(false, way.toArray(Names.NONE));
  }

  @Override
  public URI toUri() {
    return OverlayUris.of(fs.name(), toAbsolutePath().names);
  }

  @Override
  public OverlayPath toAbsolutePath() {
    return absolute ? this : with(true, rawNames());
  }

  @Override
  public OverlayPath toRealPath(LinkOption... options) throws IOException {
    boolean follow = !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
    return with(true, fs.volume().realNames(this, follow));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    if (!(watcher instanceof OverlayWatchService ours)) {
      throw new ProviderMismatchException();
    }
    return ours.register(this, events);
  }

  @Override
  public int compareTo(Path other) {
    OverlayPath path = (OverlayPath) other;
    return absolute == path.absolute
        ? Arrays.compare(names, path.names, Arrays::compareUnsigned)
        : absolute ? -1 : 1;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof OverlayPath path
        && fs == path.fs
        && absolute == path.absolute
        && hashCode() == path.hashCode()
        && Arrays.deepEquals(names, path.names);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.deepHashCode(names) * 31 + Boolean.hashCode(absolute);
    }
    return hash;
  }

  @Override
  public String toString() {
    String t = text;
    if (t == null) {
      text = t = Names.join(names, absolute);
    }
    return t;
  }
}
