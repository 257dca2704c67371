package raftlab.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.explain.detect.DetectorRunner;
import raftlab.explain.detect.DialectSuspicions;
import raftlab.explain.detect.Suspicion;
import raftlab.explain.detect.Suspicions;
import raftlab.explain.detect.UnprovenSuspicions;
import raftlab.explain.tell.Symptom;
import raftlab.explain.tell.SymptomText;
import raftlab.explain.tell.WrongAnswerText;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.Judgement;
import raftlab.judge.check.Contradiction;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.protocol.ProtocolReview;
import raftlab.judge.raft.ReportReview;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/**
 * Finds the likely cause of a failure. What no correct replica does comes before what is only
 * unusual, and the first of several before later ones, to which it may have led.
 */
public final class Explanation {

  private Explanation() {}

  /** The likely cause; empty for a run that passed. Never fails, whatever the trace looks like. */
  public static Optional<LikelyCause> of(Scenario scenario, Trace trace, Judgement judgement) {
    if (judgement.status() == Status.PASS) {
      return Optional.empty();
    }
    DetectorRunner run =
        DetectorRunner.of(trace, scenario.needsStorage(), judgement.contradictions());
    Suspicions all = withViolations(run, scenario, trace);
    List<Suspicion> believable =
        run.isMeaningConfirmed()
            ? all.all()
            : run.dialect()
                .map(dialect -> DialectSuspicions.believable(all, dialect, judgement))
                .orElseGet(() -> UnprovenSuspicions.believable(all, judgement));
    return Optional.of(
        earlyOk(run, judgement)
            .or(() -> wrongAnswer(run, believable, judgement))
            .or(() -> first(believable, true))
            .or(() -> run.earlyAcks().suspicion(judgement, false))
            .or(() -> ofBlindRead(judgement))
            .or(() -> ofProtocol(run, judgement))
            .or(() -> first(believable, false))
            .or(() -> byNames(run, scenario, trace, judgement))
            .map(Explanation::cause)
            .orElseGet(() -> symptom(run, judgement)));
  }

  /**
   * What the names of fields suggest, if nothing was found by what was learned: a run may be too
   * short to learn from. It is likely at most.
   */
  private static Optional<Suspicion> byNames(
      DetectorRunner run, Scenario scenario, Trace trace, Judgement judgement) {
    if (run.dialect().isEmpty()) {
      return Optional.empty();
    }
    DetectorRunner named =
        DetectorRunner.byNames(trace, scenario.needsStorage(), judgement.contradictions());
    List<Suspicion> open =
        UnprovenSuspicions.believable(named.suspicions(), judgement).stream()
            .filter(each -> !DialectSuspicions.isRead(each.mistake(), run.dialect().get()))
            .toList();
    return first(open, false);
  }

  /**
   * Why replicas that report nothing acknowledged a write too early, as the check of this name has
   * found: that needs no reading of messages, so it comes before what does.
   */
  private static Optional<Suspicion> earlyOk(DetectorRunner run, Judgement judgement) {
    return run.dialect()
        .filter(
            dialect ->
                judgement.verdicts().stream()
                    .anyMatch(
                        verdict ->
                            verdict.check() == CheckName.EARLY_OK
                                && verdict.status() == Status.FAIL))
        .flatMap(
            dialect ->
                DialectSuspicions.earlyCommit(run.suspicions(), dialect)
                    .or(
                        () ->
                            run.earlyAcks()
                                .suspicion(
                                    judgement,
                                    DialectSuspicions.keepsCommitRule(run.suspicions(), dialect))));
  }

  /**
   * What no correct replica does and led to an answer that contradicts the clients' history; only
   * for replicas that report nothing, whose answers are the best evidence.
   */
  private static Optional<Suspicion> wrongAnswer(
      DetectorRunner run, List<Suspicion> believable, Judgement judgement) {
    List<Suspicion> confirmed =
        run.dialect().isEmpty()
            ? List.of()
            : believable.stream()
                .filter(each -> UnprovenSuspicions.isConfirmed(each, judgement))
                .filter(each -> !isShownBy(each.mistake(), each.isCertain(), believable))
                .toList();
    return first(confirmed, true).or(() -> first(confirmed, false));
  }

  /**
   * The first thing that no correct replica does, in a run that passed. Empty if the system dropped
   * messages of a replica before they were recorded: then too little is known.
   */
  public static Optional<LikelyCause> suspicion(Scenario scenario, Trace trace) {
    boolean isComplete =
        trace.events().stream()
            .noneMatch(event -> event instanceof Event.Overflowed lost && lost.byKit() > 0);
    if (!isComplete) {
      return Optional.empty();
    }
    DetectorRunner run = DetectorRunner.of(trace, scenario.needsStorage(), List.of());
    Suspicions all = run.suspicions();
    List<Suspicion> believable =
        run.isMeaningConfirmed()
            ? all.all()
            : run.dialect()
                .map(dialect -> DialectSuspicions.ofPassedRun(all, dialect))
                .orElseGet(() -> UnprovenSuspicions.independent(all));
    return first(believable, true).map(Explanation::cause);
  }

  /** All that no correct replica does, if messages mean what they seem to: for tests. */
  static List<LikelyCause> certain(Scenario scenario, Trace trace) {
    return all(scenario, trace, true);
  }

  /** All that a correct replica hardly ever does: for tests. */
  static List<LikelyCause> likely(Scenario scenario, Trace trace) {
    return all(scenario, trace, false);
  }

  private static List<LikelyCause> all(Scenario scenario, Trace trace, boolean isCertain) {
    DetectorRunner run = DetectorRunner.of(trace, scenario.needsStorage(), List.of());
    Suspicions found = withViolations(run, scenario, trace);
    List<Suspicion> all =
        run.dialect()
            .map(dialect -> DialectSuspicions.proved(found, dialect))
            .orElseGet(found::all);
    return sorted(all, isCertain).stream().map(Explanation::cause).toList();
  }

  /** What was found in messages, and what the judge of reports found. */
  private static Suspicions withViolations(DetectorRunner run, Scenario scenario, Trace trace) {
    Suspicions suspicions = run.suspicions();
    ReportReview.of(trace, scenario.needsStorage())
        .all()
        .forEach(violation -> suspicions.violated(violation, false));
    return suspicions;
  }

  /** Whether another mistake, seen as surely, shows as this one. */
  private static boolean isShownBy(KnownMistake mistake, boolean isCertain, List<Suspicion> all) {
    return all.stream()
        .filter(each -> each.isCertain() || !isCertain)
        .anyMatch(each -> Consequences.shows(each.mistake(), mistake));
  }

  private static List<Suspicion> sorted(List<Suspicion> all, boolean isCertain) {
    return all.stream()
        .filter(each -> each.isCertain() == isCertain)
        .filter(each -> !isShownBy(each.mistake(), isCertain, all))
        .sorted(Comparator.comparingLong(Suspicion::atMicros))
        .toList();
  }

  private static Optional<Suspicion> first(List<Suspicion> all, boolean isCertain) {
    return sorted(all, isCertain).stream().findFirst();
  }

  private static LikelyCause cause(Suspicion suspicion) {
    return new LikelyCause(
        suspicion.mistake().id(),
        suspicion.text(),
        suspicion.mistake().section(),
        suspicion.isCertain() ? Certainty.CERTAIN : Certainty.LIKELY,
        suspicion.evidence());
  }

  /** The mistake that a failed check proves by itself. */
  private static Optional<Suspicion> ofBlindRead(Judgement judgement) {
    return judgement.verdicts().stream()
        .filter(verdict -> verdict.status() == Status.FAIL)
        .filter(verdict -> verdict.check() == CheckName.BLIND_READ)
        .findFirst()
        .map(verdict -> Suspicion.of(verdict, KnownMistake.READS_WITHOUT_MAJORITY));
  }

  /** The mistake behind a rule that messages break, if that failed the run. */
  private static Optional<Suspicion> ofProtocol(DetectorRunner run, Judgement judgement) {
    return judgement.verdicts().stream()
        .filter(verdict -> verdict.status() == Status.FAIL)
        .filter(verdict -> verdict.check() == CheckName.PROTOCOL)
        .findFirst()
        .flatMap(
            verdict ->
                ProtocolReview.of(run.cluster().trace()).all().stream()
                    .flatMap(violation -> violation.mistake().stream())
                    .findFirst()
                    .map(mistake -> Suspicion.of(verdict, mistake)));
  }

  private static LikelyCause symptom(DetectorRunner run, Judgement judgement) {
    Verdict first = judgement.decisive();
    List<Contradiction> wrong = judgement.contradictions();
    boolean isAboutAnswers =
        first.check() == CheckName.INCORRECT || first.check() == CheckName.LINEARIZABLE;
    if (!wrong.isEmpty() && isAboutAnswers) {
      boolean isStillThere = isStillThere(run, wrong.get(0));
      return symptom(
          WrongAnswerText.name(wrong.get(0), run.cluster().trace(), isStillThere),
          WrongAnswerText.of(wrong.get(0), run.cluster().trace(), isStillThere),
          "§8");
    }
    return symptom(
        first.check().key().replace('_', '-'),
        SymptomText.of(first, run.cluster().trace()),
        SymptomText.section(first));
  }

  private static LikelyCause symptom(String name, Symptom symptom, String section) {
    Certainty certainty = symptom.hasUsualCauses() ? Certainty.USUAL : Certainty.OBSERVED;
    return new LikelyCause(name, symptom.text(), section, certainty, List.of());
  }

  /** Whether most replicas report a log that still has the newest write of a contradiction. */
  private static boolean isStillThere(DetectorRunner run, Contradiction wrong) {
    Event.Requested newest = null;
    for (Event event : wrong.evidence()) {
      if (event instanceof Event.Requested request && request.value() != null) {
        newest = request;
      }
    }
    String value = newest == null ? null : newest.value();
    if (value == null || value.isEmpty()) {
      return false;
    }
    long have =
        run.cluster().replicas().stream().filter(replica -> hasWrite(replica, value)).count();
    return 2 * have > run.cluster().replicas().size();
  }

  private static boolean hasWrite(ReplicaView replica, String value) {
    for (long i = replica.log().lastIndex(); i > replica.log().base(); i--) {
      if (replica.log().commandAt(i).contains(value)) {
        return true;
      }
    }
    return false;
  }
}
