package raftlab.cluster.process;

import java.util.Locale;

/** What a replica or a build used too much of. */
public enum UsageLimit {
  /** The memory of all its processes. */
  MEMORY("used more than %s of memory"),
  /** The processor time of all its processes, or of one of them. */
  PROCESSOR("used more than %d s of processor time"),
  /** The files that it stored. */
  DISK("stored more than %s"),
  /** One file grew too large. */
  FILE_SIZE("wrote a file of more than %s"),
  /** What it printed. */
  OUTPUT("printed more than %s");

  private static final long MEBIBYTE = 1 << 20;

  private final String description;

  UsageLimit(String description) {
    this.description = description;
  }

  /** Describes that this limit was exceeded. */
  public String exceeded(UsageLimits limits) {
    return switch (this) {
      case MEMORY -> text(limits.memoryBytes());
      case PROCESSOR -> String.format(Locale.ROOT, description, limits.processorSeconds());
      case DISK -> text(limits.diskBytes());
      case FILE_SIZE -> text(limits.fileBytes());
      case OUTPUT -> text(limits.outputBytes());
    };
  }

  private String text(long bytes) {
    String size = bytes < MEBIBYTE ? bytes + " bytes" : bytes / MEBIBYTE + " MB";
    return String.format(Locale.ROOT, description, size);
  }
}
