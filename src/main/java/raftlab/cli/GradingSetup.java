package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import raftlab.grade.GradingLock;
import raftlab.grade.GradingTeams;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.GradingRecord;
import raftlab.grade.store.MachineRecord;
import raftlab.handin.HandIn;
import raftlab.sandbox.SandboxStatus;
import raftlab.trace.WholeFile;

/** Makes a results folder ready for a new grading, or continues the grading that is in it. */
final class GradingSetup {
  /** Follows the name of the results folder in the name to which earlier results are moved. */
  static final String OLD = ".old-";

  private GradingSetup() {}

  /** Records how hand-ins are isolated on this machine. */
  static void setIsolation(GradingFolder results, SandboxStatus status) throws IOException {
    GradingRecord grading = results.grading();
    MachineRecord machine = grading.machine().withIsolation(status.level(), status.summary());
    if (!machine.equals(grading.machine())) {
      results.write(grading.withMachine(machine));
    }
  }

  /** Moves earlier results aside, since they are hours of work. */
  static void moveAside(Path out) throws IOException {
    if (GradingFolder.isGrading(out)) {
      Path old = unusedName(out);
      try (GradingLock noOther = GradingLock.of(out)) {
        Files.move(out, old);
      }
      System.out.println("The earlier results are in " + old + " now.");
    }
  }

  private static Path unusedName(Path out) {
    Path absolute = out.toAbsolutePath().normalize();
    int number = 1;
    Path old = absolute.resolveSibling(absolute.getFileName() + OLD + number);
    while (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
      number++;
      old = absolute.resolveSibling(absolute.getFileName() + OLD + number);
    }
    return out.isAbsolute() ? old : Path.of("").toAbsolutePath().relativize(old);
  }

  /** Continues a grading. */
  static GradingFolder resume(Path out) throws IOException {
    GradingFolder folder = GradingFolder.open(out);
    deleteLeftovers(folder);
    return folder;
  }

  /** Deletes what a killed grader left half written. */
  private static void deleteLeftovers(GradingFolder folder) throws IOException {
    List<Path> left = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.path(), 4)) {
      files.filter(WholeFile::isLeftover).forEach(left::add);
    }
    for (Path each : left) {
      Files.deleteIfExists(each);
    }
  }

  /** Adds hand-ins that are new to the settings. */
  static GradingTeams addTeams(GradingFolder folder, List<HandIn> handIns) throws IOException {
    GradingTeams teams = new GradingTeams(folder.grading().teams(), handIns);
    if (!teams.teams().equals(folder.grading().teams())) {
      folder.write(folder.grading().withTeams(teams.teams()));
    }
    return teams;
  }
}
