// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs seeded sequences of operations on the host and on an overlay, and collects the logs of those
 * that don't end alike. Needs no test framework, so that another user can run it.
 */
final class KernelModel {
  /** Room above the folder the names are in, for links that lead up. */
  private static final String ABOVE = "u/v/w/x";

  /** Whether this JDK's exceptions are those that ours follow. */
  private static final boolean IS_BASELINE = Runtime.version().feature() == 17;

  private final long first;
  private final int sequences;
  private final int length;

  KernelModel(long first, int sequences, int length) {
    this.first = first;
    this.sequences = sequences;
    this.length = length;
  }

  /** Takes the first seed, the number of sequences and their length; prints what went wrong. */
  public static void main(String[] args) throws Exception {
    KernelModel model =
        new KernelModel(
            Long.parseLong(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    List<String> wrong;
    try (KernelMount kernel = new KernelMount()) {
      wrong = model.run(kernel);
    }
    System.out.write(summary(wrong).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    System.out.flush();
    System.exit(wrong.isEmpty() ? 0 : 1); // not sooner: what was mounted must be gone
  }

  /** How many went wrong, and the first of them. */
  static String summary(List<String> wrong) {
    List<String> some = wrong.subList(0, Math.min(wrong.size(), 3));
    return wrong.isEmpty() ? "" : wrong.size() + " went wrong:\n" + String.join("\n\n", some);
  }

  /** Mounts, runs them, and gives the log of each that went wrong. */
  List<String> run(KernelMount kernel) throws IOException, InterruptedException {
    Host host = Host.of(kernel.lower());
    Map<Long, FileTree> bases = new HashMap<>();
    for (long seed = first; seed < first + sequences; seed++) {
      bases.put(seed, base(kernel.lower(), seed));
    }
    kernel.mount();
    if (!kernel.isOverlay()) { // then the bases need their files as they are
      for (long seed : bases.keySet()) {
        FileTree ignored = base(kernel.merged(), seed);
      }
    }
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<Long, FileTree> base : bases.entrySet()) {
      new Sequence(base.getKey(), base.getValue(), kernel, host).run(wrong);
    }
    return wrong;
  }

  /** Who the host takes us for. */
  private record Host(int uid, int gid, int umask) {
    static Host of(Path lower) throws IOException {
      Path probe = Files.createFile(lower.resolve("probe"));
      Path folder = Files.createDirectory(lower.resolve("probes"));
      Set<PosixFilePermission> got = Files.getPosixFilePermissions(folder);
      return new Host(
          (Integer) Files.getAttribute(probe, "unix:uid"),
          (Integer) Files.getAttribute(probe, "unix:gid"),
          0777 & ~InitialMode.bits(got));
    }

    boolean isRoot() {
      return uid == 0;
    }
  }

  private static FileTree base(Path lower, long seed) throws IOException {
    Path folder = lower.resolve("" + seed);
    Path root = Files.createDirectories(folder.resolve(ABOVE));
    try (ModelSession session = new ModelSession(root)) {
      for (ModelOperation operation : new ModelGenerator(-seed - 1).base()) {
        String ignored = session.run(operation);
      }
    }
    cutTimes(root);
    return FileTree.ofFolder(folder);
  }

  /** Takes the nanoseconds away, which {@code COPY_ATTRIBUTES} would lose. */
  private static void cutTimes(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(path -> !Files.isSymbolicLink(path)).toList();
    }
    for (Path file : files) {
      Instant time = Files.getLastModifiedTime(file).toInstant();
      Files.setLastModifiedTime(file, FileTime.from(time.truncatedTo(ChronoUnit.MICROS)));
    }
  }

  private final class Sequence {
    private final long seed;
    private final FileTree base;
    private final KernelMount kernel;
    private final Host host;

    Sequence(long seed, FileTree base, KernelMount kernel, Host host) {
      this.seed = seed;
      this.base = base;
      this.kernel = kernel;
      this.host = host;
    }

    void run(List<String> wrong) throws IOException {
      StringBuilder log = new StringBuilder("seed " + seed + "\n");
      Path folder = kernel.merged().resolve("" + seed);
      Random snapshots = new Random(seed);
      ModelGenerator generator = new ModelGenerator(seed);
      OverlayFileSystem.Builder settings = OverlayFileSystem.builder(base).umask(host.umask());
      if (!host.isRoot()) {
        settings.actingAs(host.uid(), host.gid());
      }
      try (OverlayFileSystem fs = settings.build();
          ModelSession theirs = new ModelSession(folder.resolve(ABOVE));
          ModelSession ours = new ModelSession(fs.getPath("/" + ABOVE))) {
        String before = theirs.tree();
        if (!before.equals(ours.tree())) {
          log.append("base\n").append(before).append("ours\n").append(ours.tree());
          wrong.add(log.toString());
          return;
        }
        log.append(before);
        for (int i = 0; i < length; i++) {
          ModelOperation operation = generator.next();
          String expected = theirs.run(operation);
          String found = ours.run(operation);
          log.append(operation).append(": ").append(expected).append('\n');
          boolean lost =
              hasDeletedItsTarget(operation, expected) && !theirs.tree().equals(ours.tree());
          if (lost || needsReading(operation, expected, found)) {
            return;
          }
          if (!isAllowed(expected, found) && !needsSearching(operation, found)) {
            wrong.add(log + "ours: " + found);
            return;
          }
          if (snapshots.nextInt(4) == 0) {
            log.append("snapshot\n");
            FileTree ignored = fs.snapshot();
          }
        }
        String after = theirs.tree(); // once: to look at what can't be read changes its mode
        String found = ours.tree();
        if (!after.equals(found)) {
          wrong.add(log + "host\n" + after + "ours\n" + found);
          return;
        }
        compareDiffs(folder, fs, log, wrong);
      }
    }

    private static boolean hasDeletedItsTarget(ModelOperation operation, String answer) {
      return (operation.text().endsWith("replacing")
              || operation.text().contains("REPLACE_EXISTING"))
          && !answer.startsWith("ok");
    }

    private static boolean needsReading(ModelOperation operation, String answer, String found) {
      boolean opens =
          operation.text().startsWith("utimes") || operation.text().startsWith("setfattr");
      return opens && answer.equals("AccessDeniedException") && !found.equals(answer);
    }

    private static boolean needsSearching(ModelOperation operation, String found) {
      return operation.text().startsWith("real ")
          && operation.text().endsWith("/.")
          && found.equals("AccessDeniedException");
    }

    private static boolean isAllowed(String expected, String found) {
      return expected.equals(found)
          || (expected.equals("FileSystemException")
              && (found.equals("NotDirectoryException")
                  || found.equals("FileSystemLoopException")
                  || found.equals("AccessDeniedException")))
          || (!IS_BASELINE && !expected.startsWith("ok") && !found.startsWith("ok"));
    }

    /** The host's tree is scanned again, and its diff is found by comparing every file. */
    private void compareDiffs(
        Path folder, OverlayFileSystem fs, StringBuilder log, List<String> wrong)
        throws IOException {
      if (!kernel.isOverlay()) {
        return; // the base was made twice, so its times are not the same
      }
      FileTree now = FileTree.ofFolder(folder);
      String theirs = list(withoutNamesLeftAlone(now)) + now.compare(base);
      theirs = theirs.replace(folder.toString(), "");
      String ours = list(fs.changes()) + fs.diff();
      if (!theirs.equals(ours)) {
        wrong.add(log + "diff of the host\n" + theirs + "\nours\n" + ours);
      }
    }

    /** The scan can't know that a name is the one left of a link: it puts it, as if it were new. */
    private Changes withoutNamesLeftAlone(FileTree now) {
      Changes.Builder changes = Changes.builder();
      for (Change change : now.diff(base)) {
        TreePath path = change.path();
        boolean alone = base.linkCount(path) > 1 && now.linkCount(path) == 1;
        if (!alone || !isSame(base.node(path), now.node(path))) {
          changes.add(change);
        }
      }
      return changes.build();
    }

    private static boolean isSame(Optional<Node> a, Optional<Node> b) {
      return a.isPresent()
          && b.isPresent()
          && TreeDiff.sameInode(Nodes.inode(a.get()), Nodes.inode(b.get()));
    }

    private static String list(Changes changes) {
      StringBuilder text = new StringBuilder();
      for (Change change : changes) {
        text.append(change);
        if (change instanceof Change.Put put) {
          text.append(' ').append(ModelSession.time(FileTime.from(put.node().mtime())));
        }
        text.append('\n');
      }
      return text.toString();
    }
  }
}
