package raftlab.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The storage of a replica can't be used: it is damaged, in use by another replica, or not
 * accessible. The message is one line that names the file, and says what was found and what was
 * expected.
 */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message. */
  public StorageException(String message) {
    super(message);
  }

  /** With a message and its cause. */
  public StorageException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * About a file that the operating system refuses to use.
   *
   * @param what what can't be done with it, such as {@code opened}
   */
  public static StorageException of(Path file, String what, IOException why) {
    return new StorageException(file + ": can't be " + what + ": " + reason(why), why);
  }

  /** About a file that a simulated system refuses to use. */
  static StorageException of(String file, String what, String reason) {
    return new StorageException(file + ": can't be " + what + ": " + reason);
  }

  /** The reason in words, since the message of such an exception may be only the file's name. */
  private static String reason(IOException why) {
    if (why instanceof NoSuchFileException) {
      return "no such file or directory";
    } else if (why instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = why instanceof FileSystemException named ? named.getReason() : why.getMessage();
    return reason == null ? why.getClass().getSimpleName() : reason;
  }
}
