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

/**
 * The files that a grading leaves: {@code grades.csv}, JSON, and feedback for each team. They are
 * written anew after each team, and each is whole at any moment.
 */
public final class GradingResultFiles {
  /** What is kept of a grade: a row and some JSON, and not all that replicas did. */
  private record Written(String row, com.google.gson.JsonObject json, int failed, int unknown) {}

  private final GradingSettings settings;
  private final List<HandIn> handIns;
  private final Path folder;
  private final Path jsonFile;
  private final SortedMap<Integer, Written> written = new TreeMap<>();
  private boolean open = true;

  /**
   * No results yet; makes the folder.
   *
   * @param handIns all that will be graded, in the order of the table
   * @param jsonFile where the JSON goes
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
    keepOlder();
    write();
  }

  /** An earlier grading's table is hours of work: it is overwritten by the next but one only. */
  private void keepOlder() throws IOException {
    if (Files.isRegularFile(table()) && Files.readAllLines(table()).size() > 1) {
      Files.move(table(), folder.resolve("grades.before.csv"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Records a grade, unless it is too late; whether it did. */
  public synchronized boolean add(TeamGrade grade) throws IOException {
    if (!open) {
      return false;
    }
    writeWhole(
        feedbackFile(grade.handIn()), String.join("\n", TeamFeedback.of(grade, settings)) + "\n");
    written.put(
        handIns.indexOf(grade.handIn()),
        new Written(
            GradesCsv.row(grade, settings),
            GradesJson.of(grade),
            grade.scenarios().size() - grade.points() - grade.count(ScenarioGrade.Mark.UNKNOWN),
            grade.count(ScenarioGrade.Mark.UNKNOWN)));
    write();
    return true;
  }

  private void write() throws IOException {
    List<String> rows = new ArrayList<>(List.of(GradesCsv.header(settings.suite())));
    written.values().forEach(each -> rows.add(each.row));
    writeWhole(table(), String.join("\n", rows) + "\n");
    writeWhole(
        jsonFile,
        GradesJson.of(
            settings, handIns.size(), written.values().stream().map(Written::json).toList()));
  }

  /**
   * Whoever reads the file meanwhile, or after a break-off, sees the old or the new content and no
   * mixture.
   */
  static void writeWhole(Path file, String text) throws IOException {
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

  /** How many are recorded. */
  public synchronized int count() {
    return written.size();
  }

  /** Whether some hand-in failed a scenario, or never came to play it. */
  public synchronized boolean hasFailed() {
    return written.values().stream().anyMatch(each -> each.failed > 0);
  }

  /** Whether the verdict on some scenario is unknown. */
  public synchronized boolean hasUnknown() {
    return written.values().stream().anyMatch(each -> each.unknown > 0);
  }

  /** Takes no more grades from now on. */
  public synchronized void close() {
    open = false;
  }

  synchronized boolean isOpen() {
    return open;
  }
}
