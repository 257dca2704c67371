package raftlab.grade.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.ScenarioRecord;
import raftlab.grade.store.TeamReplayCommand;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/**
 * Writes the evidence for a team: for each visible scenario that it failed, the trace of the run
 * that is explained. The team opens it with {@code raftlab replay}. A huge trace is cut.
 */
final class EvidenceFiles {
  /** The folder, in that of the team. */
  static final String FOLDER = TeamReplayCommand.EVIDENCE;

  private static final String SUFFIX = ".jsonl.gz";
  private static final String CUT_SUFFIX = ".cut" + SUFFIX;

  private final long maxBytes;
  private final int maxEvents;

  /** Creates a writer with the usual limits. */
  EvidenceFiles() {
    this(4L << 20, 100_000);
  }

  /**
   * Creates a writer.
   *
   * @param maxBytes the size of a stored trace from which on it is cut
   * @param maxEvents the number of events that are left of it
   */
  EvidenceFiles(long maxBytes, int maxEvents) {
    this.maxBytes = maxBytes;
    this.maxEvents = maxEvents;
  }

  /** Writes what is missing, and deletes what is no evidence any more. */
  Map<String, EvidenceFile> write(GradingFolder folder, TeamGrade grade) throws IOException {
    Map<String, EvidenceFile> files = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (ScenarioGrade each : grade.scenarios()) {
      if (each.hasFailure() && ScenarioFeedback.isShown(each)) {
        RunRecord run = each.decisive().orElseThrow();
        Path trace = folder.trace(grade.team(), run);
        if (!run.trace().isEmpty() && Files.isRegularFile(trace)) {
          EvidenceFile file = write(folder, grade, each, trace);
          files.put(each.scenario().key(), file);
          names.add(file.name());
        }
        if (each.scenario().nameInKit().isEmpty()) {
          names.add(writeScenario(folder, grade, each.scenario()));
        }
      }
    }
    deleteOthers(folder.file(grade.team(), FOLDER), names);
    return files;
  }

  private EvidenceFile write(
      GradingFolder folder, TeamGrade grade, ScenarioGrade scenario, Path trace)
      throws IOException {
    boolean isCut = Files.size(trace) > maxBytes;
    String name = scenario.scenario().key() + (isCut ? CUT_SUFFIX : SUFFIX);
    Path to = folder.file(grade.team(), FOLDER).resolve(name);
    if (isCut) {
      if (!isNewer(to, trace)) {
        cut(folder, trace, to);
      }
    } else if (!Files.exists(to) || Files.mismatch(trace, to) >= 0) {
      folder.copy(trace, to);
    }
    return new EvidenceFile(name, isCut);
  }

  /** The team's copy of the kit doesn't have this scenario. */
  private static String writeScenario(
      GradingFolder folder, TeamGrade grade, ScenarioRecord scenario) throws IOException {
    String name = TeamReplayCommand.fileName(scenario);
    Path file = folder.file(grade.team(), FOLDER).resolve(name);
    if (!Files.exists(file)) {
      folder.writeText(file, scenario.text());
    }
    return name;
  }

  private static boolean isNewer(Path file, Path than) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) >= 0;
  }

  /** Keeps the beginning, and how the run ended. A damaged trace is given as it is. */
  private void cut(GradingFolder folder, Path trace, Path to) throws IOException {
    Trace all;
    try {
      all = TraceFile.read(trace);
    } catch (IOException damaged) {
      folder.copy(trace, to);
      return;
    }
    Trace cut = new Trace(all.header());
    List<Event> events = all.events();
    for (int i = 0; i < events.size(); i++) {
      if (i < maxEvents || events.get(i) instanceof Event.Ended) {
        cut.add(events.get(i));
      }
    }
    Files.createDirectories(to.toAbsolutePath().getParent());
    TraceFile.write(cut, to);
  }

  private static void deleteOthers(Path folder, Set<String> names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{json,jsonl.gz}")) {
      for (Path file : files) {
        if (!names.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }
}
