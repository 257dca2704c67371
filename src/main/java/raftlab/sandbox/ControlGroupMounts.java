package raftlab.sandbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the control groups of a process are in the file system.
 *
 * @param unified the place in the hierarchy of version 2, if it is mounted
 * @param separate the place in the hierarchy of each controller of version 1
 */
record ControlGroupMounts(Optional<Place> unified, Map<String, Place> separate) {
  /**
   * A place in a hierarchy.
   *
   * @param top the folder where the hierarchy is mounted
   * @param own the folder of the group of the process
   */
  record Place(Path top, Path own) {}

  /** The index of the root and of the mount point in a line of mounts. */
  private static final int ROOT = 3;

  private static final int POINT = 4;

  /** The index of the type and of the options behind the dash in a line of mounts. */
  private static final int TYPE = 0;

  private static final int OPTIONS = 2;

  /**
   * Parses the two files of a process.
   *
   * @param membership the lines of {@code /proc/PID/cgroup}
   * @param mounts the lines of {@code /proc/PID/mountinfo}
   */
  static ControlGroupMounts parse(List<String> membership, List<String> mounts) {
    Map<String, String> groups = new TreeMap<>();
    for (String line : membership) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3) {
        for (String controller : parts[1].split(",")) {
          groups.put(controller, parts[2]); // version 2 has no name
        }
      }
    }
    Optional<Place> unified = Optional.empty();
    Map<String, Place> separate = new TreeMap<>();
    for (String line : mounts) {
      String[] halves = line.split(" - ", 2);
      String[] before = halves[0].split(" ");
      String[] after = halves.length < 2 ? new String[0] : halves[1].split(" ");
      if (before.length <= POINT || after.length <= OPTIONS) {
        continue;
      }
      if (after[TYPE].equals("cgroup2")) {
        unified = place(before, groups.get(""));
      } else if (after[TYPE].equals("cgroup")) {
        Arrays.stream(after[OPTIONS].split(","))
            .forEach(
                option ->
                    place(before, groups.get(option))
                        .ifPresent(place -> separate.put(option, place)));
      }
    }
    return new ControlGroupMounts(unified, separate);
  }

  private static Optional<Place> place(
      String[] mount, @org.jspecify.annotations.Nullable String group) {
    if (group == null) {
      return Optional.empty();
    }
    Path root = Path.of(mount[ROOT]);
    Path point = Path.of(mount[POINT].replace("\\040", " "));
    Path own = Path.of(group);
    // Inside a container the root of the mount may be another group.
    Path below = own.startsWith(root) ? root.relativize(own) : Path.of("");
    return Optional.of(new Place(point, point.resolve(below)));
  }
}
