package raftlab.grade.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.trace.Event.EndReason;

/**
 * The result of one run of a hand-in: all that tables and reports need, so that they need not read
 * its trace.
 *
 * @param format the version of this form
 * @param kit the version of the kit that judged it
 * @param scenario the {@linkplain ScenarioRecord#key key} of the scenario
 * @param repetition 0 for the first run of the scenario
 * @param status pass, fail, blocked or unknown
 * @param fault what was responsible if it did not pass
 * @param observed what was seen besides the trace of why it ended, such as a limit at which a
 *     replica was killed; {@link FaultRecord#NONE} if nothing was
 * @param reason why it did not pass, in words; "" if it did
 * @param checks the verdicts that are not a pass, the most important first
 * @param passed the names of the checks that passed
 * @param cause the likely cause if it did not pass; null if none was looked for
 * @param suspicion for a run that passed: behaviour that no correct replica shows; null for none
 * @param tiers the tiers of a run that passed
 * @param figures its figures, by name
 * @param remarks notes that decide nothing
 * @param end how it ended
 * @param wallSeconds how long it took
 * @param repeatedAlone whether it is a repetition because the machine was overloaded before
 * @param replay the command with which the team plays it again
 * @param trace the name of the file with its trace, beside this record; "" if there is none
 */
public record RunRecord(
    int format,
    String kit,
    String scenario,
    long seed,
    int repetition,
    Status status,
    FaultRecord fault,
    FaultRecord observed,
    String reason,
    List<CheckRecord> checks,
    List<String> passed,
    @Nullable CauseRecord cause,
    @Nullable CauseRecord suspicion,
    List<TierRecord> tiers,
    List<FigureRecord> figures,
    List<String> remarks,
    EndReason end,
    double wallSeconds,
    boolean repeatedAlone,
    String replay,
    String trace) {
  /** The version that this program writes and reads. */
  public static final int FORMAT = 1;

  /** Copies the lists. */
  public RunRecord {
    checks = List.copyOf(checks);
    passed = List.copyOf(passed);
    tiers = List.copyOf(tiers);
    figures = List.copyOf(figures);
    remarks = List.copyOf(remarks);
  }

  /** Returns the name of its files, without suffix. */
  public String name() {
    return name(scenario, seed, repetition);
  }

  /** Returns the name of the files of a run, without suffix. */
  public static String name(String scenario, long seed, int repetition) {
    return scenario + "-" + seed + (repetition == 0 ? "" : "-" + (repetition + 1));
  }

  /** Whether it says something about the hand-in: neither the kit nor the machine spoiled it. */
  public boolean isDecided() {
    return !fault.fault().isExcused();
  }

  /** Whether it passed. */
  public boolean hasPassed() {
    return status == Status.PASS;
  }

  /**
   * Returns the same record with what was seen besides the trace. If the run did not pass through
   * the hand-in's fault, that says more than the trace; it may also excuse the hand-in.
   */
  public RunRecord withObserved(FaultRecord seen) {
    boolean counts = fault.fault() == Fault.SUBMISSION && seen.fault() != Fault.NONE;
    Status its = counts && seen.fault().isExcused() ? Status.UNKNOWN : status;
    return copy(its, counts ? seen : fault, seen, reason, checks, replay);
  }

  /** Returns the record of a run that left no trace, since this ended it. */
  public RunRecord endedBy(FaultRecord its) {
    boolean isExcused = its.fault().isExcused();
    Status result = isExcused ? Status.UNKNOWN : Status.FAIL;
    CheckRecord check =
        new CheckRecord(
            (isExcused ? CheckName.KIT : CheckName.DIED).key(),
            result,
            isExcused ? "the run ends with a trace" : "no replica exceeds a limit",
            "",
            its.text(),
            its.text(),
            List.of());
    return copy(result, its, its, its.text(), List.of(check), replay);
  }

  /** Returns the same record with another command to play it again. */
  public RunRecord withReplay(String command) {
    return copy(status, fault, observed, reason, checks, command);
  }

  private RunRecord copy(
      Status its,
      FaultRecord itsFault,
      FaultRecord seen,
      String why,
      List<CheckRecord> verdicts,
      String command) {
    return new RunRecord(
        format,
        kit,
        scenario,
        seed,
        repetition,
        its,
        itsFault,
        seen,
        why,
        verdicts,
        passed,
        cause,
        suspicion,
        tiers,
        figures,
        remarks,
        end,
        wallSeconds,
        repeatedAlone,
        command,
        trace);
  }

  /** Returns the likely cause, if it was found. */
  public Optional<CauseRecord> likelyCause() {
    return Optional.ofNullable(cause);
  }

  /** Returns a figure by its name. */
  public OptionalDouble figure(String name) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(FigureRecord::value)
        .findFirst();
  }

  /** Returns the section of the Raft paper to read again; "" if none is known. */
  public String section() {
    return likelyCause()
        .map(CauseRecord::section)
        .filter(section -> !section.isEmpty())
        .orElseGet(
            () ->
                checks.stream()
                    .filter(check -> check.status() == Status.FAIL)
                    .map(CheckRecord::section)
                    .filter(section -> !section.isEmpty())
                    .findFirst()
                    .orElse(""));
  }
}
