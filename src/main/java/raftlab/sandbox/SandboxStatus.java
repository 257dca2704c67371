package raftlab.sandbox;

import java.util.List;

/**
 * What isolates hand-ins on this machine, for tables and reports.
 *
 * @param level how well they are isolated
 * @param why why they don't run in sandboxes; empty if they do
 * @param enforced the limits that are in force, each with what enforces it
 * @param notEnforced the limits that are not
 */
public record SandboxStatus(
    IsolationLevel level, String why, List<String> enforced, List<String> notEnforced) {
  /** Copies the lists. */
  public SandboxStatus {
    enforced = List.copyOf(enforced);
    notEnforced = List.copyOf(notEnforced);
  }

  /** Whether hand-ins run in sandboxes. */
  public boolean isIsolated() {
    return level == IsolationLevel.SANDBOX;
  }

  /** What isolates hand-ins, in one line. */
  public String summary() {
    String what =
        switch (level) {
          case SANDBOX -> "sandbox by bubblewrap";
          case OTHER_USER -> "UNSAFE, no sandbox but a user for each hand-in: " + why;
          case NONE -> "UNSAFE, no sandbox: " + why;
        };
    return what
        + "; limits: "
        + String.join(", ", enforced)
        + (notEnforced.isEmpty() ? "" : "; not limited: " + String.join(", ", notEnforced));
  }

  /** The lines of a warning that graders can't overlook; none for a sandbox. */
  public List<String> warning() {
    String harm =
        switch (level) {
          case SANDBOX -> "";
          case OTHER_USER ->
              "Each has an unprivileged user of its own. It can read what all users may read, and"
                  + " reach the network.";
          case NONE ->
              "A hand-in can read and change the files of this user, and reach the network.";
        };
    return isIsolated()
        ? List.of()
        : List.of(
            "UNSAFE: hand-ins run without a sandbox: " + why + ".",
            harm,
            "Grade only code that you trust, or use a machine that holds nothing else;"
                + " `raftlab doctor` says what is missing.");
  }
}
