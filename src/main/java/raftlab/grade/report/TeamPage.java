package raftlab.grade.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Mark;
import raftlab.grade.book.ScenarioGrade;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.store.CauseRecord;
import raftlab.grade.store.CheckRecord;
import raftlab.grade.store.HandInRecord;
import raftlab.grade.store.RunRecord;
import raftlab.report.html.PageTemplate;

/**
 * A team's page, {@code teams/TEAM/index.html}, with the same facts as its feedback in Markdown. Of
 * a scenario that isn't visible, only title, likely cause and section are shown.
 */
final class TeamPage {
  private static final PageTemplate TEMPLATE = PageTemplate.read(TeamPage.class, "team.html");

  private TeamPage() {}

  /**
   * Returns the text of the file.
   *
   * @param evidence the evidence files, by the keys of their scenarios
   * @param pictures the pages with pictures of runs, by the keys of their scenarios
   */
  static String of(
      GradeBook book,
      TeamGrade grade,
      Map<String, EvidenceFile> evidence,
      Map<String, String> pictures) {
    Map<String, Object> values = new HashMap<>();
    values.put("title", IndexPage.title(book));
    values.put("unsafe", book.grading().machine().isolation().warning());
    values.put("team", grade.team().team());
    values.put("points", GradeNumbers.points(grade.points()));
    values.put("of", GradeNumbers.points(grade.max()));
    values.put("open", grade.open() == 0 ? "" : GradeNumbers.points(grade.open()));
    values.put(
        "late", grade.late().percent() == 0 ? "" : GradeNumbers.points(grade.late().percent()));
    values.put("earned", GradeNumbers.points(grade.earned()));
    values.put("suites", book.grading().suiteNames());
    values.put("note", grade.note());
    values.put("status", grade.status().title());
    values.put("leftOut", grade.handIn().map(HandInRecord::leftOut).orElse(List.of()));
    values.put(
        "build",
        grade.handIn().flatMap(HandInRecord::buildResult).map(build -> build.text()).orElse(""));
    values.put(
        "buildOutput",
        grade
            .handIn()
            .flatMap(HandInRecord::buildResult)
            .filter(build -> !build.good())
            .map(build -> String.join("\n", build.output()))
            .orElse(""));
    List<Map<String, Object>> scenarios = new ArrayList<>();
    List<Map<String, Object>> failures = new ArrayList<>();
    int number = 0;
    for (ScenarioGrade each : grade.scenarios()) {
      number++;
      scenarios.add(scenario(each, number));
      if (each.hasFailure()) {
        Map<String, Object> failure =
            failure(each, number, Optional.ofNullable(evidence.get(key(each))));
        String picture = pictures.getOrDefault(key(each), "");
        failure.put(
            "picture", picture.isEmpty() ? "" : EvidenceFiles.FOLDER + "/" + UrlPath.of(picture));
        failures.add(failure);
      }
    }
    values.put("scenarios", scenarios);
    values.put("failures", failures);
    return TEMPLATE.with(values);
  }

  /** Returns the anchor of a scenario, which says nothing about it. */
  static String anchor(int number) {
    return "s" + number;
  }

  private static String key(ScenarioGrade grade) {
    return grade.scenario().key();
  }

  private static Map<String, Object> head(ScenarioGrade grade, int number) {
    Map<String, Object> values = new HashMap<>();
    values.put("mark", grade.mark() == Mark.OPEN ? "open" : grade.mark().label());
    values.put("kind", grade.mark().name().toLowerCase(Locale.ROOT));
    values.put("anchor", anchor(number));
    values.put("key", ScenarioFeedback.isShown(grade) ? key(grade) : "");
    values.put("name", grade.scenario().title());
    return values;
  }

  private static Map<String, Object> scenario(ScenarioGrade grade, int number) {
    Map<String, Object> values = head(grade, number);
    values.put("earned", GradeNumbers.points(grade.points()));
    values.put("worth", GradeNumbers.points(grade.max() + grade.open()));
    values.put("hasDetails", grade.hasFailure());
    List<String> remarks = new ArrayList<>();
    if (grade.runs().isEmpty()) {
      remarks.add(grade.why());
    }
    if (grade.rate().runs() > 1) {
      remarks.add(GradeNumbers.rate(grade.rate()));
    }
    if (ScenarioFeedback.isShown(grade) && !grade.tiers().isEmpty()) {
      remarks.add(GradeNumbers.tiers(grade.tiers()));
    }
    if (grade.hasFailure()) {
      remarks.add(ScenarioFeedback.causeName(grade));
    }
    values.put("remark", String.join("; ", remarks));
    return values;
  }

  private static Map<String, Object> failure(
      ScenarioGrade grade, int number, Optional<EvidenceFile> evidence) {
    boolean isShown = ScenarioFeedback.isShown(grade);
    RunRecord run = grade.decisive().orElseThrow();
    Optional<CauseRecord> cause = grade.cause();
    Map<String, Object> values = head(grade, number);
    values.put("isHidden", !isShown);
    values.put("cause", ScenarioFeedback.causeName(grade));
    values.put("causeText", isShown ? cause.map(CauseRecord::text).orElse("") : "");
    values.put(
        "causeEvidence",
        isShown ? String.join("\n", cause.map(CauseRecord::evidence).orElse(List.of())) : "");
    values.put("section", grade.section());
    boolean isReasonShown = grade.mark() == Mark.UNKNOWN || grade.mark() == Mark.BLOCKED;
    values.put("reason", isShown && isReasonShown ? run.reason() : "");
    values.put(
        "checks", isShown ? grade.violated().stream().map(TeamPage::check).toList() : List.of());
    values.put("seed", isShown ? run.seed() : "");
    values.put("replay", isShown ? run.replay() : "");
    values.put("evidence", evidence.map(file -> "evidence/" + UrlPath.of(file.name())).orElse(""));
    values.put("evidenceName", evidence.map(EvidenceFile::name).orElse(""));
    values.put("isCut", evidence.filter(EvidenceFile::isCut).isPresent());
    return values;
  }

  /** Lines that begin with a bar are what a replica wrote before it exited. */
  private static Map<String, Object> check(CheckRecord check) {
    return Map.of(
        "check", check.check(),
        "requirement", check.requirement(),
        "text", check.text(),
        "checkSection", check.section(),
        "events", lines(check, false),
        "output", lines(check, true));
  }

  private static String lines(CheckRecord check, boolean ofOutput) {
    return String.join(
        "\n",
        check.evidence().stream()
            .filter(line -> line.startsWith("|") == ofOutput)
            .map(line -> ofOutput ? line.substring(1).stripLeading() : line)
            .toList());
  }
}
