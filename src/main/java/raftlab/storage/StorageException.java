package raftlab.storage;

/**
 * Storage can't be used: it is damaged, in use by another, or the disk refuses. The message is one
 * line that names the file, and says what was found and what was expected.
 */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public StorageException(String message) {
    super(message);
  }

  /** With a message for people, and what caused it. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
