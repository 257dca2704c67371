package raftlab.sandbox;

/** How well hand-ins are isolated, the best first. */
public enum IsolationLevel {
  /** Each run in a sandbox of its own. */
  SANDBOX("sandbox", ""),
  /** As plain processes of an unprivileged user that only this hand-in has. */
  OTHER_USER(
      "UNSAFE: other user",
      "UNSAFE: without a sandbox, under a user of its own for each hand-in: a hand-in can read what"
          + " all users may read, and reach the network"),
  /** As plain processes of the grader's user. */
  NONE(
      "UNSAFE",
      "UNSAFE: without a sandbox: a hand-in can read and change the files of the grader's user, and"
          + " reach the network");

  private final String key;
  private final String warning;

  IsolationLevel(String key, String warning) {
    this.key = key;
    this.warning = warning;
  }

  /** Its name in tables. */
  public String key() {
    return key;
  }

  /** What graders must know; empty for a sandbox. */
  public String warning() {
    return warning;
  }

  /** Whether a hostile hand-in can harm others or the results. */
  public boolean isUnsafe() {
    return this != SANDBOX;
  }

  /** The weaker one of two. */
  public IsolationLevel weaker(IsolationLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
