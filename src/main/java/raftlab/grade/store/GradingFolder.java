package raftlab.grade.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;
import raftlab.trace.WholeFile;

/**
 * The results folder of a grading. Each file in it is whole or absent, whenever the grader is
 * killed; all tables are computed from its records. Several threads may use one object.
 *
 * <p>A record that can't be read counts as absent, and is named in {@link #problems}.
 */
public final class GradingFolder {
  /** The file with the settings. */
  public static final String SETTINGS = "grading.json";

  /** The ending of the files with traces. */
  public static final String TRACE_SUFFIX = ".trace.gz";

  private static final String TEAMS = "teams";
  private static final String HAND_IN = "handin.json";
  private static final String RUNS = "runs";
  private static final String SUFFIX = ".json";

  /** Writes a file that is whole or absent. */
  @FunctionalInterface
  public interface FileWriter {
    /** Replaces or creates a file, and its folders. */
    void write(Path file, WholeFile.Content content) throws IOException;
  }

  /** What is known of a team, kept in memory since tables are rewritten often. */
  private static final class TeamRecords {
    private @Nullable HandInRecord handIn;
    private final SortedMap<String, RunRecord> runs = new TreeMap<>();
  }

  private final Path folder;
  private final FileWriter writer;
  private final Map<String, TeamRecords> teams = new HashMap<>();
  private final SortedSet<String> problems = new TreeSet<>();
  private GradingRecord grading;

  private GradingFolder(Path folder, FileWriter writer, GradingRecord grading) {
    this.folder = folder;
    this.writer = writer;
    this.grading = grading;
  }

  /** Whether a folder holds a grading. */
  public static boolean isGrading(Path folder) {
    return Files.isRegularFile(folder.resolve(SETTINGS));
  }

  /** Begins a grading in a folder that holds none. */
  public static GradingFolder create(Path folder, GradingRecord grading) throws IOException {
    return create(folder, grading, WholeFile::write);
  }

  /** The same, with another way to write files. */
  public static GradingFolder create(Path folder, GradingRecord grading, FileWriter writer)
      throws IOException {
    GradingFolder made = new GradingFolder(folder, writer, grading);
    made.write(grading);
    return made;
  }

  /**
   * Opens the folder of a grading.
   *
   * @throws IOException if it holds none, or one of another version; the message says so
   */
  public static GradingFolder open(Path folder) throws IOException {
    return open(folder, WholeFile::write);
  }

  /** The same, with another way to write files. */
  public static GradingFolder open(Path folder, FileWriter writer) throws IOException {
    if (!isGrading(folder)) {
      throw new IOException(
          "found no " + SETTINGS + " in " + folder + ", expected the results of `raftlab grade`");
    }
    GradingRecord grading =
        StoreJson.read(GradingRecord.class, GradingRecord.FORMAT, folder.resolve(SETTINGS));
    return new GradingFolder(folder, writer, grading);
  }

  /** Returns its path. */
  public Path path() {
    return folder;
  }

  /** Returns the settings. */
  public synchronized GradingRecord grading() {
    return grading;
  }

  /** Replaces the settings. */
  public synchronized void write(GradingRecord settings) throws IOException {
    writer.write(folder.resolve(SETTINGS), out -> StoreJson.write(settings, out));
    grading = settings;
  }

  /** Returns the record of a team's hand-in, if there is one. */
  public synchronized Optional<HandInRecord> handIn(TeamRecord team) {
    return Optional.ofNullable(records(team).handIn);
  }

  /** Returns the records of a team's runs, by name. */
  public synchronized List<RunRecord> runs(TeamRecord team) {
    return List.copyOf(records(team).runs.values());
  }

  /** Returns the record of one run, if there is one. */
  public synchronized Optional<RunRecord> run(
      TeamRecord team, ScenarioRecord scenario, int repetition) {
    String name = RunRecord.name(scenario.key(), scenario.seed(repetition), repetition);
    return Optional.ofNullable(records(team).runs.get(name));
  }

  /** Returns what could not be read so far, one line each. */
  public synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /** Adds or replaces the record of a team's hand-in. */
  public void write(TeamRecord team, HandInRecord handIn) throws IOException {
    writer.write(file(team, HAND_IN), out -> StoreJson.write(handIn, out));
    synchronized (this) {
      records(team).handIn = handIn;
    }
  }

  /** Adds or replaces a run: its trace first, then its record, which names the trace. */
  public void write(TeamRecord team, RunRecord run, Trace trace) throws IOException {
    writer.write(trace(team, run), out -> TraceFile.write(trace, out, true));
    write(team, run);
  }

  /** Adds or replaces the record of a run; its trace, if it has one, is there already. */
  public void write(TeamRecord team, RunRecord run) throws IOException {
    writer.write(runsFolder(team).resolve(run.name() + SUFFIX), out -> StoreJson.write(run, out));
    synchronized (this) {
      records(team).runs.put(run.name(), run);
    }
  }

  /** Copies a file of another results folder into this one. */
  public void copy(Path from, Path to) throws IOException {
    writer.write(to, out -> Files.copy(from, out));
  }

  /** Replaces or creates a table, a page or another file that is computed from the records. */
  public void writeText(Path file, String text) throws IOException {
    // Not as a string: an unpaired surrogate, which a replica may print, would be refused.
    writer.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns a file of the whole grading, such as a table. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Returns a file of a team. */
  public Path file(TeamRecord team, String name) {
    return folder.resolve(TEAMS).resolve(team.folder()).resolve(name);
  }

  /** Returns the file with the trace of a run. */
  public Path trace(TeamRecord team, RunRecord run) {
    return runsFolder(team).resolve(run.name() + TRACE_SUFFIX);
  }

  /** Returns the path of a file of this folder relative to it, with slashes. */
  public String relative(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private Path runsFolder(TeamRecord team) {
    return file(team, RUNS);
  }

  private TeamRecords records(TeamRecord team) {
    return teams.computeIfAbsent(team.folder(), name -> read(team));
  }

  private TeamRecords read(TeamRecord team) {
    TeamRecords records = new TeamRecords();
    Path handIn = file(team, HAND_IN);
    if (Files.exists(handIn)) {
      records.handIn = tryToRead(HandInRecord.class, HandInRecord.FORMAT, handIn).orElse(null);
    }
    for (Path file : runFiles(team)) {
      tryToRead(RunRecord.class, RunRecord.FORMAT, file)
          .ifPresent(run -> records.runs.put(run.name(), run));
    }
    return records;
  }

  private Collection<Path> runFiles(TeamRecord team) {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(runsFolder(team))) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(runsFolder(team), "[!.]*" + SUFFIX)) {
        entries.forEach(files::add);
      } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
        problems.add(runsFolder(team) + ": can't be read: " + unreadable.getMessage());
      }
    }
    return files;
  }

  private <T> Optional<T> tryToRead(Class<T> type, int format, Path file) {
    try {
      return Optional.of(StoreJson.read(type, format, file));
    } catch (IOException damaged) {
      problems.add(String.valueOf(damaged.getMessage()));
      return Optional.empty();
    }
  }
}
