package raftlab.grade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import raftlab.handin.HandIn;

/**
 * The result files of a grading: {@code grades.csv}, JSON, and feedback for each team. They are
 * rewritten after each team, and are complete at any moment.
 */
public final class GradingResultFiles {
  /** The part of a grade that is kept: a row and some JSON, without the events of runs. */
  private record RecordedGrade(
      String row, com.google.gson.JsonObject json, int failed, int unknown) {}

  private final GradingSettings settings;
  private final List<HandIn> handIns;
  private final Path folder;
  private final Path jsonFile;
  private final SortedMap<Integer, RecordedGrade> grades = new TreeMap<>();
  private boolean open = true;

  /**
   * Starts without results; creates the folder.
   *
   * @param handIns all hand-ins to grade, in the order of the table
   * @param jsonFile the file for the JSON
   */
  public GradingResultFiles(
      GradingSettings settings, List<HandIn> handIns, Path folder, Path jsonFile)
      throws IOException {
    this.settings = settings;
    this.handIns = List.copyOf(handIns);
    this.folder = folder;
    this.jsonFile = jsonFile;
    Files.createDirectories(folder);
    Files.createDirectories(jsonFile.toAbsolutePath().getParent());
    backUpOldTable();
    write();
  }

  /** Keeps one backup: the table of an earlier grading is hours of work. */
  private void backUpOldTable() throws IOException {
    if (Files.isRegularFile(table()) && Files.readAllLines(table()).size() > 1) {
      Files.move(table(), folder.resolve("grades.before.csv"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Records a grade, unless the grading was closed; returns whether it did. */
  public synchronized boolean add(TeamGrade grade) throws IOException {
    if (!open) {
      return false;
    }
    writeAtomically(
        feedbackFile(grade.handIn()), String.join("\n", TeamFeedback.of(grade, settings)) + "\n");
    grades.put(
        handIns.indexOf(grade.handIn()),
        new RecordedGrade(
            GradesCsv.row(grade, settings),
            GradesJson.of(grade),
            grade.scenarios().size() - grade.points() - grade.count(ScenarioGrade.Mark.UNKNOWN),
            grade.count(ScenarioGrade.Mark.UNKNOWN)));
    write();
    return true;
  }

  private void write() throws IOException {
    List<String> rows = new ArrayList<>(List.of(GradesCsv.header(settings.suite())));
    grades.values().forEach(each -> rows.add(each.row));
    writeAtomically(table(), String.join("\n", rows) + "\n");
    writeAtomically(
        jsonFile,
        GradesJson.of(
            settings, handIns.size(), grades.values().stream().map(RecordedGrade::json).toList()));
  }

  /**
   * Replaces the file atomically: a reader sees the old or the new content, also after an
   * interruption.
   */
  static void writeAtomically(Path file, String text) throws IOException {
    Path half = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.write(half, text.getBytes(StandardCharsets.UTF_8));
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** The table. */
  public Path table() {
    return folder.resolve("grades.csv");
  }

  /** The file for a team's feedback. */
  public Path feedbackFile(HandIn handIn) {
    return folder.resolve(handIn.feedbackFile());
  }

  /** The number of recorded grades. */
  public synchronized int count() {
    return grades.size();
  }

  /** Whether a hand-in failed a scenario, or could not be played. */
  public synchronized boolean hasFailed() {
    return grades.values().stream().anyMatch(each -> each.failed > 0);
  }

  /** Whether the verdict on a scenario is unknown. */
  public synchronized boolean hasUnknown() {
    return grades.values().stream().anyMatch(each -> each.unknown > 0);
  }

  /** Accepts no more grades from now on. */
  public synchronized void close() {
    open = false;
  }

  synchronized boolean isOpen() {
    return open;
  }
}
