package raftlab.workload;

import raftlab.wire.Id;

/**
 * The values that one client writes: no two clients and no two writes have the same, and none is
 * part of another, so that each read tells which writes it saw, even if they were appended to each
 * other. All are of the form {@code 0019.7----;}: the client, the count of its values, as many
 * dashes as the size asks for, and an end.
 */
public final class UniqueValues {
  private final Id client;
  private long count;

  /** The values of this client; there must be no others of it in the same run. */
  public UniqueValues(Id client) {
    this.client = client;
  }

  /** A value of so many bytes, or of as many more as it needs to be unique (7 at least). */
  public String next(int bytes) {
    String name = client + "." + ++count;
    return name + "-".repeat(Math.max(0, bytes - name.length() - 1)) + ";";
  }
}
