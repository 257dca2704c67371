package raftlab.cluster.virtual;

/** This machine can't run the supervisor; the message says why and what to do. */
public final class SupervisorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates an exception. */
  public SupervisorException(String message) {
    super(message);
  }
}
