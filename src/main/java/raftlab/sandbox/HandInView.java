package raftlab.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a built hand-in to one replica: all files can be read and none can be changed, but the
 * replica can write new files beside its program. Each replica sees only its own new files.
 */
final class HandInView {
  /** Each entry takes a mount; in a folder with more of them no new files can be written. */
  private static final int MAX_ENTRIES = 500;

  private final BubblewrapCommand bubblewrap;
  private final long newFileBytes;

  /**
   * Creates a view.
   *
   * @param newFileBytes the most bytes of new files in a folder
   */
  HandInView(BubblewrapCommand bubblewrap, long newFileBytes) {
    this.bubblewrap = bubblewrap;
    this.newFileBytes = newFileBytes;
  }

  /**
   * Shows a folder.
   *
   * @param launcher the program in it; new files can be written in each folder on the way to it
   */
  void show(Path folder, Path place, Path launcher) throws IOException {
    List<Path> entries = entries(folder);
    if (entries.size() > MAX_ENTRIES) {
      bubblewrap.readOnly(folder, place);
      return;
    }
    bubblewrap.memoryFolder(place, newFileBytes);
    Path onTheWay = launcher.getNameCount() > 1 ? launcher.getName(0) : null;
    for (Path entry : entries) {
      Path its = place.resolve(entry.getFileName());
      if (Files.isSymbolicLink(entry)) {
        bubblewrap.link(Files.readSymbolicLink(entry), its);
      } else if (entry.getFileName().equals(onTheWay)) {
        show(entry, its, launcher.subpath(1, launcher.getNameCount()));
      } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
          || Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        bubblewrap.readOnly(entry, its);
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(entries::add);
    }
    entries.sort(null);
    return entries;
  }
}
