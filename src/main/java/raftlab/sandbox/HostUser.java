package raftlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The user of a hand-in's processes. Where root runs the kit, each hand-in gets an unprivileged
 * user of its own; otherwise they run as the user of the kit.
 *
 * @param id its number; 0 if it is the user of the kit
 */
record HostUser(int id) {
  /** The user of the kit. */
  static final HostUser OF_KIT = new HostUser(0);

  /** No user of a normal system has these numbers. */
  private static final int FIRST = 62_000;

  private static final int COUNT = 2_000;

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
    return canBeOther()
        ? new HostUser(FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT))
        : OF_KIT;
  }

  /**
   * The user of a hand-in: the owner of its folder. The first call gives the folder to a new one.
   */
  static synchronized HostUser ofHandIn(Path folder) {
    int owner = ownerOf(folder);
    if (!isKitRoot() || (owner >= FIRST && owner < FIRST + COUNT)) {
      return isKitRoot() ? new HostUser(owner) : OF_KIT;
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
    Files.setAttribute(path, "unix:gid", id, LinkOption.NOFOLLOW_LINKS);
  }

  /** Gives a file back to the user of the kit. */
  static void takeBack(Path path) throws IOException {
    if (isKitRoot()) {
      HostUser.OF_KIT.own(path);
    }
  }

  /** The words before a command that is to run as this user; none for the user of the kit. */
  List<String> prefix() {
    String number = Integer.toString(id);
    return isOther()
        ? List.of(
            "setpriv",
            "--reuid",
            number,
            "--regid",
            number,
            "--clear-groups",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "--no-new-privs",
            "--")
        : List.of();
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
