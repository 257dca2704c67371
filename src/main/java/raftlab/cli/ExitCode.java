package raftlab.cli;

import raftlab.judge.check.Verdict.Status;

/** What every command returns. */
final class ExitCode {
  /** All passed. */
  static final int PASSED = 0;

  /** Something failed. */
  static final int FAILED = 1;

  /** Wrong use, or a bad scenario or history file. */
  static final int USAGE = 2;

  /** Unknown: the machine was overloaded, or a search was given up. */
  static final int UNKNOWN = 3;

  static final String HELP =
      "Exit codes: 0 all passed, 1 something failed,%n"
          + "  2 wrong use, or a bad scenario or history file,%n"
          + "  3 unknown: the machine was overloaded, or a search was given up,%n"
          + "  130 interrupted.%n";

  private ExitCode() {}

  static int of(Status status) {
    return switch (status) {
      case PASS -> PASSED;
      case FAIL, BLOCKED -> FAILED;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** The worse of two; a failure is worse than not knowing. */
  static int worse(int a, int b) {
    return a == FAILED || b == FAILED ? FAILED : Math.max(a, b);
  }
}
