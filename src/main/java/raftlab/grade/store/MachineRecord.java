package raftlab.grade.store;

import java.util.List;
import raftlab.sandbox.IsolationLevel;
import raftlab.sandbox.SandboxChoice;

/**
 * How hand-ins are built and played on a machine.
 *
 * @param jobs the number of parallel runs, of all teams together; 0 for as many as it can run
 * @param buildTimeoutSeconds the time limit for a build
 * @param program the name of the program in a hand-in; "" for the usual names
 * @param sandbox whether hand-ins must be isolated
 * @param readable more folders that hand-ins may read
 * @param isolation the weakest isolation of a run so far
 * @param isolationText how hand-ins are isolated from the machine and from each other, in words; ""
 *     if none was played yet
 */
public record MachineRecord(
    int jobs,
    int buildTimeoutSeconds,
    String program,
    SandboxChoice sandbox,
    List<String> readable,
    IsolationLevel isolation,
    String isolationText) {
  /** Copies the list. */
  public MachineRecord {
    readable = List.copyOf(readable);
  }

  /** Returns the usual settings, before anything was played. */
  public static MachineRecord of(int jobs, int buildTimeoutSeconds) {
    return new MachineRecord(
        jobs, buildTimeoutSeconds, "", SandboxChoice.AUTO, List.of(), IsolationLevel.SANDBOX, "");
  }

  /** Returns the weakest isolation in a word for tables; "" if nothing was played yet. */
  public String isolationKey() {
    return isolationText.isEmpty() ? "" : isolation.key();
  }

  /** Returns the same settings after more runs, which were isolated like this. */
  public MachineRecord withIsolation(IsolationLevel level, String text) {
    boolean isWeakest = isolationText.isEmpty() || isolation.weaker(level) == level;
    return isWeakest
        ? new MachineRecord(jobs, buildTimeoutSeconds, program, sandbox, readable, level, text)
        : this;
  }
}
