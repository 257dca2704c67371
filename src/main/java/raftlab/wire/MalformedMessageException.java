package raftlab.wire;

/**
 * A datagram violates the contract. The message describes the violation to the author of the
 * replica.
 */
public final class MalformedMessageException extends Exception {
  /** An exception with a description of the violation. */
  public MalformedMessageException(String complaint) {
    // No stack trace: a flood of wrong datagrams makes these at a high rate, and the trace isn't
    // used.
    super(complaint, null, false, false);
  }
}
