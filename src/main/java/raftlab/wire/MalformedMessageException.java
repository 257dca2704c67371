package raftlab.wire;

/** A datagram breaks the contract; the message says how, in words for the person who sent it. */
public final class MalformedMessageException extends Exception {
  /** A complaint in words. */
  public MalformedMessageException(String complaint) {
    // No stack trace: these are made at the pace of a flood, and nobody reads where.
    super(complaint, null, false, false);
  }
}
