package raftlab.grade.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.store.GradingFolder;
import raftlab.report.html.RunPage;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/** Writes the pictures of runs for a team: a page beside each trace among its evidence. */
final class EvidencePages {
  private static final String SUFFIX = ".html";

  private EvidencePages() {}

  /**
   * Writes what is missing, and deletes what is no evidence any more.
   *
   * @param evidence the evidence files, by the keys of their scenarios
   * @return the names of the pages, by the keys of their scenarios
   */
  static Map<String, String> write(
      GradingFolder folder, TeamGrade grade, Map<String, EvidenceFile> evidence)
      throws IOException {
    Path its = folder.file(grade.team(), EvidenceFiles.FOLDER);
    Map<String, String> pages = new HashMap<>();
    for (ScenarioGrade each : grade.scenarios()) {
      String key = each.scenario().key();
      EvidenceFile file = evidence.get(key);
      if (file != null && write(its.resolve(file.name()), its.resolve(key + SUFFIX), each)) {
        pages.put(key, key + SUFFIX);
      }
    }
    if (Files.isDirectory(its)) {
      try (DirectoryStream<Path> written = Files.newDirectoryStream(its, "*" + SUFFIX)) {
        for (Path page : written) {
          if (!pages.containsValue(page.getFileName().toString())) {
            Files.delete(page);
          }
        }
      }
    }
    return pages;
  }

  /** Returns whether there is a page; a damaged trace has none. */
  private static boolean write(Path traceFile, Path page, ScenarioGrade grade) throws IOException {
    if (Files.exists(page)
        && Files.getLastModifiedTime(page).compareTo(Files.getLastModifiedTime(traceFile)) >= 0) {
      return true;
    }
    Trace trace;
    Scenario scenario;
    try {
      trace = TraceFile.read(traceFile);
      scenario = ScenarioReader.read(trace.header().scenario(), trace.header().scenarioJson());
    } catch (IOException | ScenarioException damaged) {
      return false;
    }
    RunOutcome outcome = RunOutcome.of(scenario, trace, 0).withSuspicion(trace);
    RunPage.writeForTeam(outcome, trace, grade.decisive().orElseThrow().replay(), page);
    return true;
  }
}
