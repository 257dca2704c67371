package raftlab.workload;

import raftlab.wire.Id;

/**
 * Generates the values that one client writes. No two values are equal and none is part of another,
 * in the whole run, so that each read shows which writes it saw, even after appends. All have the
 * form {@code 0019.7----;}: the client, the count of its values, dashes up to the wanted length,
 * and a terminator.
 */
public final class UniqueValues {
  private final Id client;
  private long count;

  /** Values of this client; each client must have only one generator in a run. */
  public UniqueValues(Id client) {
    this.client = client;
  }

  /**
   * Returns the next value.
   *
   * @param bytes its length; it is longer if it must be to be unique (7 at least)
   */
  public String next(int bytes) {
    String name = client + "." + ++count;
    return name + "-".repeat(Math.max(0, bytes - name.length() - 1)) + ";";
  }
}
