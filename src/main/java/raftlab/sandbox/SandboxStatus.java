package raftlab.sandbox;

import java.util.List;

/**
 * What isolates hand-ins on this machine, for tables and reports.
 *
 * @param isolated whether they run in sandboxes
 * @param why why they don't; empty if they do
 * @param enforced the limits that are in force, each with what enforces it
 * @param notEnforced the limits that are not
 */
public record SandboxStatus(
    boolean isolated, String why, List<String> enforced, List<String> notEnforced) {
  /** Copies the lists. */
  public SandboxStatus {
    enforced = List.copyOf(enforced);
    notEnforced = List.copyOf(notEnforced);
  }

  /** What isolates hand-ins, in one line. */
  public String summary() {
    return (isolated ? "sandbox by bubblewrap" : "UNSAFE, no sandbox: " + why)
        + "; limits: "
        + String.join(", ", enforced)
        + (notEnforced.isEmpty() ? "" : "; not limited: " + String.join(", ", notEnforced));
  }

  /** The lines of a warning that graders can't overlook; none for a sandbox. */
  public List<String> warning() {
    if (isolated) {
      return List.of();
    }
    return List.of(
        "UNSAFE: hand-ins run without a sandbox: " + why + ".",
        "A hand-in can read and change the files of this user, and reach the network.",
        "Grade only code that you trust, or use a machine that holds nothing else;"
            + " `raftlab doctor` says what is missing.");
  }
}
