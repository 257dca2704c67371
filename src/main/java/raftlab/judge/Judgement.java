package raftlab.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.judge.check.Contradiction;
import raftlab.judge.check.CorrectAnswersCheck;
import raftlab.judge.check.EnoughMessagesCheck;
import raftlab.judge.check.FaultsPlayedCheck;
import raftlab.judge.check.GetsGeneratedCheck;
import raftlab.judge.check.JudgedRun;
import raftlab.judge.check.LinearizabilityCheck;
import raftlab.judge.check.LivenessChecks;
import raftlab.judge.check.MessageSafetyChecks;
import raftlab.judge.check.PacketStormCheck;
import raftlab.judge.check.PerformanceTier;
import raftlab.judge.check.PutSucceedsCheck;
import raftlab.judge.check.RaftSafetyChecks;
import raftlab.judge.check.RequestsAnsweredCheck;
import raftlab.judge.check.RunCheck;
import raftlab.judge.check.RunNotes;
import raftlab.judge.check.StepsDoneCheck;
import raftlab.judge.check.UnexpectedExitCheck;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.check.WithinLimitsCheck;
import raftlab.judge.figures.RunStatistics;
import raftlab.judge.invariant.CheckName;
import raftlab.scenario.PerformanceMetric;
import raftlab.scenario.Scenario;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/**
 * The verdicts of all checks on one run.
 *
 * @param status pass only if every verdict is pass
 * @param reason the reason for any other status, in words; empty for a pass
 * @param verdicts one for each check, the most important first
 * @param tiers the performance tiers; empty unless the run passed and the scenario has tiers
 * @param remarks notes for the reader that decide nothing
 * @param contradictions the contradictions between answers to clients, one for each key
 */
public record Judgement(
    Status status,
    String reason,
    List<Verdict> verdicts,
    Map<PerformanceMetric, PerformanceTier> tiers,
    List<String> remarks,
    RunStatistics statistics,
    List<Contradiction> contradictions) {

  /** The checks of every run, after the safety checks. */
  private static final List<RunCheck> COMMON_CHECKS =
      List.of(new CorrectAnswersCheck(), new LinearizabilityCheck());

  /** The course's checks of its own clients' requests. */
  private static final List<RunCheck> COURSE_CHECKS =
      List.of(
          new PutSucceedsCheck(),
          new RequestsAnsweredCheck(true),
          new RequestsAnsweredCheck(false),
          new GetsGeneratedCheck(),
          new EnoughMessagesCheck());

  /** Copies the collections. */
  public Judgement {
    verdicts = List.copyOf(verdicts);
    tiers = Collections.unmodifiableMap(tiers);
    remarks = List.copyOf(remarks);
    contradictions = List.copyOf(contradictions);
  }

  /** Applies all checks to the trace. */
  public static Judgement of(Scenario scenario, Trace trace) {
    JudgedRun run = JudgedRun.of(scenario, trace);
    List<String> odd = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    // Internal faults come before their effects on clients.
    verdicts.add(new UnexpectedExitCheck().judge(run));
    verdicts.addAll(RaftSafetyChecks.verdicts(run, odd));
    verdicts.addAll(MessageSafetyChecks.verdicts(run, odd));
    COMMON_CHECKS.forEach(judge -> verdicts.add(judge.judge(run)));
    verdicts.addAll(LivenessChecks.verdicts(run));
    checksFor(scenario).forEach(judge -> verdicts.add(judge.judge(run)));
    Status status = status(verdicts, run.statistics());
    Map<PerformanceMetric, PerformanceTier> tiers =
        status == Status.PASS ? tiers(run) : new EnumMap<>(PerformanceMetric.class);
    List<String> remarks = RunNotes.of(run, tiers);
    remarks.addAll(odd);
    return new Judgement(
        status,
        reason(status, verdicts, run.statistics()),
        verdicts,
        tiers,
        remarks,
        run.statistics(),
        run.histories().contradictions());
  }

  /**
   * Returns the judgement of a run that the kit itself could not play or judge; it says nothing
   * about the replicas.
   */
  public static Judgement ofKitFailure(TraceHeader played, Throwable bug) {
    StackTraceElement[] places = bug.getStackTrace();
    String text = "the kit failed: " + bug + (places.length == 0 ? "" : ", at " + places[0]);
    return new Judgement(
        Status.UNKNOWN,
        text,
        List.of(Verdict.unknown(CheckName.KIT, "the kit plays the run and judges it", text)),
        Map.of(),
        List.of(),
        RunStatistics.of(new Trace(played)),
        List.of());
  }

  /**
   * Returns the judgement of a run that was not played because other runs were blocked; it has
   * their status.
   *
   * @param missing the condition that did not hold in the other runs, in words
   */
  public static Judgement notPlayed(TraceHeader header, Status status, String why, String missing) {
    return new Judgement(
        status,
        why,
        List.of(
            Verdict.blocked(CheckName.NOT_PLAYED, "the scenario can be played", why, List.of())
                .withSummary(missing)),
        Map.of(),
        List.of(),
        RunStatistics.of(new Trace(header)),
        List.of());
  }

  /** Whether the kit itself could not play or judge the run. */
  public boolean isOfBrokenKit() {
    return verdicts.get(0).check() == CheckName.KIT;
  }

  /** Whether the run was not played. */
  public boolean wasNotPlayed() {
    return verdicts.get(0).check() == CheckName.NOT_PLAYED;
  }

  /** Returns the checks that apply to a scenario. */
  private static List<RunCheck> checksFor(Scenario scenario) {
    List<RunCheck> judges = new ArrayList<>();
    if (!scenario.steps().isEmpty()) {
      judges.add(new StepsDoneCheck());
    }
    if (scenario.hasLimits()) {
      judges.add(new WithinLimitsCheck());
    }
    if (scenario.hasCourseClients()) {
      judges.addAll(COURSE_CHECKS);
    }
    judges.add(new PacketStormCheck());
    if (scenario.hasCourseClients() || !scenario.actions().isEmpty()) {
      judges.add(new FaultsPlayedCheck());
    }
    return judges;
  }

  private static Status status(List<Verdict> verdicts, RunStatistics statistics) {
    List<Verdict> failed = havingStatus(Status.FAIL, verdicts);
    boolean isBlocked = !havingStatus(Status.BLOCKED, verdicts).isEmpty();
    if (!failed.isEmpty() || isBlocked) {
      boolean excusable = failed.stream().allMatch(Verdict::loadCanCause);
      // What blocks a scenario also appears in the liveness verdicts.
      Status status = isBlocked && excusable ? Status.BLOCKED : Status.FAIL;
      return excusable && statistics.load().isOverloaded() ? Status.UNKNOWN : status;
    }
    return havingStatus(Status.UNKNOWN, verdicts).isEmpty() ? Status.PASS : Status.UNKNOWN;
  }

  /**
   * Returns the deciding verdict: the first failure, else the first blocked, else the first
   * unknown.
   */
  public Verdict decisive() {
    return decisive(status, verdicts);
  }

  private static Verdict decisive(Status status, List<Verdict> verdicts) {
    List<Status> order =
        status == Status.FAIL
            ? List.of(Status.FAIL)
            : List.of(Status.BLOCKED, Status.FAIL, Status.UNKNOWN);
    for (Status each : order) {
      if (!havingStatus(each, verdicts).isEmpty()) {
        return havingStatus(each, verdicts).get(0);
      }
    }
    return verdicts.get(0);
  }

  private static String reason(Status status, List<Verdict> verdicts, RunStatistics statistics) {
    if (status == Status.PASS) {
      return "";
    }
    Verdict first = decisive(status, verdicts);
    String why =
        first.status() == Status.BLOCKED
            ? "blocked: " + first.text()
            : first.check().key() + ": " + first.text();
    return status == Status.UNKNOWN && first.status() != Status.UNKNOWN
        ? String.format(
            Locale.ROOT,
            "the machine was overloaded (%s), so this proves nothing: %s",
            statistics.load().overloadText(),
            why)
        : why;
  }

  private static List<Verdict> havingStatus(Status status, List<Verdict> verdicts) {
    return verdicts.stream().filter(verdict -> verdict.status() == status).toList();
  }

  /**
   * Whether it is unknown only because other processes overloaded the machine, so that a repetition
   * may give a result.
   */
  public boolean wasOverloaded() {
    return status == Status.UNKNOWN && statistics.load().isOverloaded();
  }

  private static Map<PerformanceMetric, PerformanceTier> tiers(JudgedRun run) {
    Map<PerformanceMetric, PerformanceTier> tiers = new EnumMap<>(PerformanceMetric.class);
    run.thresholds()
        .benchmarks()
        .forEach(
            (metric, bounds) ->
                tiers.put(
                    metric, PerformanceTier.of(metricValue(run.statistics(), metric), bounds)));
    return tiers;
  }

  /** Returns the value of a metric: a number of messages, requests or answers, or seconds. */
  public static double metricValue(RunStatistics statistics, PerformanceMetric metric) {
    return switch (metric) {
      case TOTAL_MSGS -> statistics.messages();
      case FAILURES -> statistics.failures();
      case DUPLICATES -> statistics.duplicates();
      case MEDIAN_LATENCY -> statistics.medianLatencySeconds().orElse(Double.POSITIVE_INFINITY);
    };
  }
}
