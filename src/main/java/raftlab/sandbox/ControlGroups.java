package raftlab.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The control groups of this machine that the kit may use: version 2 where a subtree is delegated
 * or root runs the kit, else version 1.
 */
public final class ControlGroups {
  /** The controllers that the kit uses. */
  static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu");

  private static final String PREFIX = "raftlab-";
  private static final String SUBTREE = "cgroup.subtree_control";

  /** The group of processes that were in a delegated group before the kit used it. */
  private static final String EARLIER = "raftlab.earlier";

  /** Names differ, even if there are several objects of this class. */
  private static final AtomicInteger CREATED = new AtomicInteger();

  private final int version;

  /** For version 1 a folder for each controller; for version 2 the same folder for all. */
  private final Map<String, Path> bases;

  private final String problem;

  private ControlGroups(int version, Map<String, Path> bases, String problem) {
    this.version = version;
    this.bases = new TreeMap<>(bases);
    this.problem = problem;
  }

  /** Looks at the groups of this process. */
  public static ControlGroups detect() {
    return detect(Path.of("/proc/self/cgroup"), Path.of("/proc/self/mountinfo"));
  }

  /**
   * Looks at the groups of a process.
   *
   * @param membership a file like {@code /proc/self/cgroup}
   * @param mounts a file like {@code /proc/self/mountinfo}
   */
  static ControlGroups detect(Path membership, Path mounts) {
    try {
      ControlGroupMounts found =
          ControlGroupMounts.parse(Files.readAllLines(membership), Files.readAllLines(mounts));
      Optional<ControlGroups> unified = found.unified().map(ControlGroups::unified);
      if (unified.isPresent() && unified.get().isUsable()) {
        return unified.get();
      }
      ControlGroups separate = separate(found.separate());
      return separate.isUsable() || unified.isEmpty() ? separate : unified.get();
    } catch (IOException notLinux) {
      return new ControlGroups(0, Map.of(), "this system has no control groups");
    }
  }

  private static ControlGroups unified(ControlGroupMounts.Place place) {
    Path own = place.own();
    // Where root runs the kit, the top group is the best parent: it may hold processes, too.
    Path base = Files.isWritable(place.top()) ? place.top() : own;
    String problem = prepare(base);
    if (!problem.isEmpty() && !base.equals(own) && prepare(own).isEmpty()) {
      base = own;
      problem = "";
    }
    Map<String, Path> bases = new TreeMap<>();
    if (problem.isEmpty()) {
      for (String controller : words(base.resolve(SUBTREE))) {
        if (CONTROLLERS.contains(controller)) {
          bases.put(controller, base);
        }
      }
    }
    return new ControlGroups(
        2, bases, bases.isEmpty() && problem.isEmpty() ? "no controller is enabled" : problem);
  }

  /** Enables the controllers for groups below this one; returns what is wrong. */
  private static String prepare(Path base) {
    if (!Files.isWritable(base) || !Files.isWritable(base.resolve(SUBTREE))) {
      return "the group " + base + " is not delegated to this user";
    }
    List<String> missing = new ArrayList<>(words(base.resolve("cgroup.controllers")));
    missing.retainAll(CONTROLLERS);
    missing.removeAll(words(base.resolve(SUBTREE)));
    if (missing.isEmpty()) {
      return "";
    }
    try {
      enable(base, missing);
      return "";
    } catch (IOException busy) {
      // A group with processes can't enable controllers: they move into a group of their own.
      try {
        Path earlier = Files.createDirectories(base.resolve(EARLIER));
        for (String pid : words(base.resolve("cgroup.procs"))) {
          Files.writeString(earlier.resolve("cgroup.procs"), pid);
        }
        enable(base, missing);
        return "";
      } catch (IOException cant) {
        return "controllers can't be enabled in " + base + ": " + cant.getMessage();
      }
    }
  }

  private static void enable(Path base, List<String> controllers) throws IOException {
    Files.writeString(base.resolve(SUBTREE), "+" + String.join(" +", controllers));
  }

  private static ControlGroups separate(Map<String, ControlGroupMounts.Place> places) {
    Map<String, Path> bases = new TreeMap<>();
    String problem = "no controller is mounted";
    for (String controller : CONTROLLERS) {
      ControlGroupMounts.Place place = places.get(controller);
      if (place != null && Files.isWritable(place.own())) {
        bases.put(controller, place.own());
      } else if (place != null) {
        problem = "the group " + place.own() + " is not delegated to this user";
      }
    }
    return new ControlGroups(1, bases, bases.isEmpty() ? problem : "");
  }

  private static List<String> words(Path file) {
    try {
      return Arrays.stream(Files.readString(file).split("\\s+"))
          .filter(word -> !word.isEmpty())
          .toList();
    } catch (IOException notHere) {
      return List.of();
    }
  }

  /** Whether at least one controller can be used. */
  public boolean isUsable() {
    return !bases.isEmpty();
  }

  /** 1 or 2; 0 for none. */
  public int version() {
    return version;
  }

  /** The controllers that can be used. */
  public List<String> controllers() {
    return List.copyOf(bases.keySet());
  }

  /** Why no controller can be used; empty if one can. */
  public String problem() {
    return problem;
  }

  /** Whether the system limits this with a control group. */
  boolean has(String controller) {
    return bases.containsKey(controller);
  }

  /**
   * Makes a group with nothing in it.
   *
   * @return null if there are no control groups
   * @throws IOException if the system refuses
   */
  @Nullable RunControlGroup create() throws IOException {
    if (!isUsable()) {
      return null;
    }
    String name = PREFIX + KitMark.ofThisProcess() + "-" + CREATED.incrementAndGet();
    Map<String, Path> folders = new TreeMap<>();
    for (Map.Entry<String, Path> base : bases.entrySet()) {
      Path folder = base.getValue().resolve(name);
      if (!folders.containsValue(folder)) {
        Files.createDirectory(folder);
      }
      folders.put(base.getKey(), folder);
    }
    RunControlGroup group = new RunControlGroup(version, folders);
    if (version == 2) {
      enable(folders.values().iterator().next(), controllers());
    }
    return group;
  }

  /** Removes empty groups that kits left which don't run any more. */
  void removeStale() {
    for (Path base : bases.values()) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(base, PREFIX + "[0-9]*")) {
        for (Path folder : left) {
          if (KitMark.hasEnded(folder.getFileName().toString().substring(PREFIX.length()))) {
            RunControlGroup.remove(folder);
          }
        }
      } catch (IOException notReadable) {
        continue;
      }
    }
  }
}
