package raftlab.grade.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.report.EventText;
import raftlab.run.RunOutcome;
import raftlab.trace.Event;
import raftlab.wire.PrintableText;

/** Makes the record of a run from its outcome. */
public final class RunRecorder {
  private static final int MAX_EVIDENCE = 12;
  private static final int MAX_CHARS = 1_000;

  private final UnaryOperator<String> paths;

  /**
   * Creates a recorder.
   *
   * @param paths replaces paths of the copy in which a hand-in is played by those that its team has
   */
  public RunRecorder(UnaryOperator<String> paths) {
    this.paths = paths;
  }

  /**
   * Returns the record of a run.
   *
   * @param hasTrace whether its trace is kept
   */
  public RunRecord record(
      ScenarioRecord scenario, int repetition, RunOutcome outcome, boolean hasTrace) {
    Judgement judgement = outcome.judgement();
    long seed = outcome.played().seed();
    return new RunRecord(
        RunRecord.FORMAT,
        KitVersion.current(),
        scenario.key(),
        seed,
        repetition,
        outcome.status(),
        fault(judgement),
        FaultRecord.NONE,
        clean(judgement.reason()),
        checks(judgement),
        passed(judgement),
        outcome.cause().map(cause -> cause(cause, judgement)).orElse(null),
        outcome.suspicion().map(cause -> cause(cause, judgement)).orElse(null),
        tiers(judgement),
        RunFigures.of(judgement.statistics()),
        outcome.remarks().stream().map(this::clean).toList(),
        judgement.statistics().end(),
        Math.round(outcome.wallSeconds() * 1000) / 1000.0,
        outcome.isRepetition(),
        clean(TeamReplayCommand.of(scenario, outcome.played().replicaCommand(), seed)),
        hasTrace
            ? RunRecord.name(scenario.key(), seed, repetition) + GradingFolder.TRACE_SUFFIX
            : "");
  }

  /** What was responsible. A run that the kit could not decide says nothing about the hand-in. */
  private FaultRecord fault(Judgement judgement) {
    String reason = clean(judgement.reason());
    if (judgement.status() == Status.PASS) {
      return FaultRecord.NONE;
    } else if (judgement.wasOverloaded()) {
      return FaultRecord.of(Fault.MACHINE, reason);
    } else if (judgement.status() == Status.UNKNOWN) {
      return FaultRecord.of(Fault.KIT, reason);
    }
    Event.@Nullable Exited exited = exit(judgement);
    return exited == null
        ? FaultRecord.of(Fault.SUBMISSION, reason)
        : FaultRecord.ofExit(clean(String.valueOf(EventText.of(exited))), exited.exitCode());
  }

  private static Event.@Nullable Exited exit(Judgement judgement) {
    for (Verdict verdict : judgement.verdicts()) {
      for (Event event : verdict.evidence()) {
        if (event instanceof Event.Exited exited) {
          return exited;
        }
      }
    }
    return null;
  }

  private List<CheckRecord> checks(Judgement judgement) {
    List<CheckRecord> checks = new ArrayList<>();
    long began = judgement.statistics().beganMicros();
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.status() != Status.PASS) {
        checks.add(
            new CheckRecord(
                verdict.check().key(),
                verdict.status(),
                verdict.requirement(),
                verdict.section(),
                clean(verdict.text()),
                clean(verdict.summary()),
                evidence(verdict.evidence(), began)));
      }
    }
    return checks;
  }

  private static List<String> passed(Judgement judgement) {
    return judgement.verdicts().stream()
        .filter(verdict -> verdict.status() == Status.PASS)
        .map(verdict -> verdict.check().key())
        .toList();
  }

  private CauseRecord cause(LikelyCause cause, Judgement judgement) {
    return new CauseRecord(
        cause.name(),
        clean(cause.text()),
        cause.section(),
        cause.certainty(),
        evidence(cause.evidence(), judgement.statistics().beganMicros()));
  }

  /** The events, one line each; the last lines that a replica wrote follow its exit. */
  private List<String> evidence(List<Event> events, long beganMicros) {
    List<String> lines = new ArrayList<>();
    for (Event event : events.subList(0, Math.min(MAX_EVIDENCE, events.size()))) {
      String text = EventText.of(event);
      if (text != null) {
        double seconds = (event.atMicros() - beganMicros) / 1e6;
        lines.add(String.format(Locale.ROOT, "%.3f s  %s", seconds, clean(text)));
        if (event instanceof Event.Exited exited) {
          exited.lastWords().forEach(word -> lines.add("| " + clean(word)));
        }
      }
    }
    if (events.size() > MAX_EVIDENCE) {
      lines.add("... and " + (events.size() - MAX_EVIDENCE) + " more");
    }
    return lines;
  }

  private static List<TierRecord> tiers(Judgement judgement) {
    return judgement.tiers().entrySet().stream()
        .map(
            entry ->
                new TierRecord(
                    entry.getKey(),
                    entry.getValue(),
                    finite(Judgement.metricValue(judgement.statistics(), entry.getKey()))))
        .toList();
  }

  /** JSON has no infinite numbers; a median without answers is one. */
  private static double finite(double value) {
    return Double.isFinite(value) ? value : -1;
  }

  /** Texts may quote the output of students' programs, which can contain anything. */
  private String clean(String text) {
    return PrintableText.of(paths.apply(text), MAX_CHARS).stripTrailing();
  }
}
