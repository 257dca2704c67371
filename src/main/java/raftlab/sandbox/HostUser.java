package raftlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The user of a hand-in's processes. Where root runs the kit, each hand-in gets an unprivileged
 * user of its own; otherwise they run as the user of the kit. Where there is no sandbox, each run
 * gets a user of its own, too, which is in the group of the hand-in: so all its processes can be
 * found and killed at its end.
 *
 * @param id its number; 0 if it is the user of the kit
 * @param group the number of its group, which all users of a hand-in have
 */
record HostUser(int id, int group) {
  /** The user of the kit. */
  static final HostUser OF_KIT = new HostUser(0, 0);

  /** No user of a normal system has these numbers. */
  private static final int FIRST = 62_000;

  private static final int COUNT = 2_000;
  private static final int FIRST_OF_RUNS = 64_000;
  private static final int COUNT_OF_RUNS = 1_500;

  private static final String MODE = "unix:mode";

  /** The bit of a folder in which users can delete only their own files. */
  private static final int STICKY = 01000;

  /** Two graders at the same time should not begin with the same user. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 31 % COUNT));

  /** Whether root runs the kit. */
  static boolean isKitRoot() {
    return ownerOf(Path.of("/proc/self")) == 0;
  }

  /** Whether hand-ins can get users of their own. */
  static boolean canBeOther() {
    return isKitRoot() && Programs.exist("setpriv");
  }

  /** A user that no other hand-in of this program has, if the kit may choose one. */
  static HostUser ofNew() {
    if (!canBeOther()) {
      return OF_KIT;
    }
    int id = unused(FIRST, COUNT);
    return new HostUser(id, id);
  }

  /** A user for one run of this user's hand-in. */
  HostUser ofRun() {
    return isOther() ? new HostUser(unused(FIRST_OF_RUNS, COUNT_OF_RUNS), group) : this;
  }

  /** A number that no process has, such as one of another grader. */
  private static int unused(int first, int count) {
    Set<Integer> used = new HashSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      processes.forEach(process -> used.add(ownerOf(process)));
    } catch (IOException | DirectoryIteratorException notThisSystem) {
      used.clear();
    }
    for (int tries = 0; tries < count; tries++) {
      int id = first + Math.floorMod(NEXT.getAndIncrement(), count);
      if (!used.contains(id)) {
        return id;
      }
    }
    return first;
  }

  /**
   * The user of a hand-in: the owner of its folder. The first call gives the folder to a new one.
   */
  static synchronized HostUser ofHandIn(Path folder) {
    int owner = ownerOf(folder);
    if (!isKitRoot() || (owner >= FIRST && owner < FIRST + COUNT)) {
      return isKitRoot() ? new HostUser(owner, owner) : OF_KIT;
    }
    HostUser user = ofNew();
    user.giveAll(folder);
    return user;
  }

  private static int ownerOf(Path path) {
    try {
      return (int) Files.getAttribute(path, "unix:uid");
    } catch (IOException | UnsupportedOperationException notThisSystem) {
      return -1;
    }
  }

  /** Whether it differs from the user of the kit. */
  boolean isOther() {
    return id != 0;
  }

  /** Gives a folder with its contents to this user; links are not followed. */
  void giveAll(Path folder) {
    if (!isOther()) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
                throws IOException {
              own(path);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              own(path);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException cant) {
      throw new UncheckedIOException("can't give " + folder + " to user " + id, cant);
    }
  }

  /** Gives one file or folder to this user. */
  void give(Path path) {
    try {
      if (isOther()) {
        own(path);
      }
    } catch (IOException cant) {
      throw new UncheckedIOException("can't give " + path + " to user " + id, cant);
    }
  }

  private void own(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
  }

  /** Gives a file back to the user of the kit. */
  static void takeBack(Path path) throws IOException {
    if (isKitRoot()) {
      HostUser.OF_KIT.own(path);
    }
  }

  /** The words before a command that is to run as this user; none for the user of the kit. */
  List<String> prefix() {
    return isOther()
        ? List.of(
            "setpriv",
            "--reuid",
            Integer.toString(id),
            "--regid",
            Integer.toString(group),
            "--clear-groups",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "--no-new-privs",
            "--")
        : List.of();
  }

  /**
   * The words before a command of this user with an environment of its own: none of the grader's
   * variables is passed on.
   *
   * @param variables the variables, besides the usual ones
   */
  List<String> prefix(Map<String, String> variables) {
    List<String> words = new ArrayList<>();
    if (isOther()) {
      words.addAll(List.of("env", "-i"));
      variables.forEach((name, value) -> words.add(name + "=" + value));
    }
    words.addAll(prefix());
    return words;
  }

  /**
   * Lets the users of runs read this folder and create files in it, and all other users not even
   * read it. Does nothing if that was done before.
   */
  void openToRuns(Path folder) {
    try {
      if (isOther() && ((int) Files.getAttribute(folder, MODE) & STICKY) == 0) {
        Files.walkFileTree(folder, new OpeningVisitor());
      }
    } catch (IOException cant) {
      throw new UncheckedIOException("can't open " + folder + " to its runs", cant);
    }
  }

  /** Gives the group the rights of the owner; only owners can delete files. */
  private static final class OpeningVisitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile()) {
        int mode = (int) Files.getAttribute(file, MODE);
        Files.setAttribute(file, MODE, mode & 0700 | mode >> 3 & 050);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException problem)
        throws IOException {
      Files.setAttribute(path, MODE, STICKY | 0770);
      return FileVisitResult.CONTINUE;
    }
  }

  /** Lets all users pass through the kit's own temporary folders above this one. */
  void openPathTo(Path path) {
    if (!isOther()) {
      return;
    }
    try {
      Path folder = path.toAbsolutePath().getParent();
      for (; folder != null; folder = folder.getParent()) {
        if (ownerOf(folder) == 0 && isBelowTemporary(folder)) {
          Set<PosixFilePermission> rights = new HashSet<>(Files.getPosixFilePermissions(folder));
          rights.addAll(PosixFilePermissions.fromString("--x--x--x"));
          Files.setPosixFilePermissions(folder, rights);
        }
      }
    } catch (IOException cant) {
      throw new UncheckedIOException("can't open the path to " + path, cant);
    }
  }

  /** Where the kit, and all programs, make their temporary folders. */
  private static boolean isBelowTemporary(Path folder) {
    String chosen = System.getenv("TMPDIR");
    return Stream.of(System.getProperty("java.io.tmpdir"), chosen == null ? "/tmp" : chosen)
        .map(name -> Path.of(name).toAbsolutePath())
        .anyMatch(temporary -> folder.startsWith(temporary) && !folder.equals(temporary));
  }
}
