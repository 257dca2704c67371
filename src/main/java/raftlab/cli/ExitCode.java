package raftlab.cli;

import raftlab.judge.check.Verdict.Status;

/** The exit codes of all commands. */
final class ExitCode {
  /** All passed. */
  static final int PASSED = 0;

  /** At least one failed. */
  static final int FAILED = 1;

  /** A usage error, or an invalid scenario or history file. */
  static final int USAGE = 2;

  /** Unknown: the machine was overloaded, or a search hit its limit. */
  static final int UNKNOWN = 3;

  static final String HELP =
      "Exit codes: 0 all passed, 1 at least one failed,%n"
          + "  2 usage error, or invalid scenario or history file,%n"
          + "  3 unknown: the machine was overloaded, or a search hit its limit,%n"
          + "  130 interrupted.%n";

  private ExitCode() {}

  static int of(Status status) {
    return switch (status) {
      case PASS -> PASSED;
      case FAIL, BLOCKED -> FAILED;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** The worse of two; failed is worse than unknown. */
  static int worse(int a, int b) {
    return a == FAILED || b == FAILED ? FAILED : Math.max(a, b);
  }
}
