package raftlab.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.cluster.process.UsageLimits;

/** The control group of one run or build, with a group below it for each of its parts. */
final class RunControlGroup {
  private static final String MEMBERS = "cgroup.procs";

  /** What the system gives to a group by default, in version 1 and 2. */
  private static final int SHARES = 1_024;

  private static final int WEIGHT = 100;
  private static final int MAX_WEIGHT = 10_000;

  private final int version;
  private final Map<String, Path> folders;

  /**
   * A group that exists.
   *
   * @param version 1 or 2
   * @param folders its folder for each controller; in version 2 all are the same
   */
  RunControlGroup(int version, Map<String, Path> folders) {
    this.version = version;
    this.folders = new TreeMap<>(folders);
  }

  /** Its folders, each once. */
  List<Path> roots() {
    return folders.values().stream().distinct().toList();
  }

  /** Makes a group below it, with limits, that this user may join. */
  void addPart(String part, UsageLimits limits, HostUser user) throws IOException {
    for (Path root : roots()) {
      Path folder = Files.createDirectories(root.resolve(part));
      user.give(folder.resolve(MEMBERS));
      if (version == 2) {
        // To move a process the user needs the right for the nearest group above both.
        user.give(root.resolve(MEMBERS));
      }
    }
    if (limits.memoryBytes() < Long.MAX_VALUE) {
      limit(
          "memory",
          part,
          version == 2 ? "memory.max" : "memory.limit_in_bytes",
          limits.memoryBytes());
      limit(
          "memory",
          part,
          version == 2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes",
          version == 2 ? 0 : limits.memoryBytes());
      limit("memory", part, "memory.oom.group", 1);
    }
    if (limits.processes() < Long.MAX_VALUE) {
      limit("pids", part, "pids.max", limits.processes());
    }
  }

  /**
   * Gives the group as large a share of the processors as this many processes have; within it each
   * part has the same share.
   */
  void share(int parts) throws IOException {
    Path root = folders.get("cpu");
    if (root != null && version == 2) {
      Files.writeString(
          root.resolve("cpu.weight"), Integer.toString(Math.min(MAX_WEIGHT, WEIGHT * parts)));
    } else if (root != null) {
      Files.writeString(root.resolve("cpu.shares"), Integer.toString(SHARES * parts));
    }
  }

  /** Writes a limit where the system has it. */
  private void limit(String controller, String part, String file, long value) throws IOException {
    Path root = folders.get(controller);
    if (root != null && Files.exists(root.resolve(part).resolve(file))) {
      Files.writeString(root.resolve(part).resolve(file), Long.toString(value));
    }
  }

  /** The files to which a process of a part writes 0 to join it. */
  List<Path> membersFiles(String part) {
    return roots().stream().map(root -> root.resolve(part).resolve(MEMBERS)).toList();
  }

  /** How often the system killed a process of this part at its limit of memory. */
  long memoryKills(String part) {
    Path root = folders.get("memory");
    if (root == null) {
      return 0;
    }
    Path file = root.resolve(part).resolve(version == 2 ? "memory.events" : "memory.oom_control");
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ");
        if (words.length == 2 && words[0].equals("oom_kill")) {
          return Long.parseLong(words[1]);
        }
      }
    } catch (IOException | NumberFormatException notCounted) {
      return 0;
    }
    return 0;
  }

  /** The same group, with its folders at other places. */
  RunControlGroup at(Map<String, Path> places) {
    return new RunControlGroup(version, places);
  }

  /** The number of its version. */
  int version() {
    return version;
  }

  /** The controllers with their folders. */
  Map<String, Path> folders() {
    return new TreeMap<>(folders);
  }

  /** Removes an empty group with those below it; does nothing to one that has processes. */
  static void remove(Path folder) throws IOException {
    List<Path> below = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
      entries.forEach(below::add);
    }
    for (Path each : below) {
      remove(each);
    }
    Files.deleteIfExists(folder);
  }
}
