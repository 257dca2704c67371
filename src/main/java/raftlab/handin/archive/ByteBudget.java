package raftlab.handin.archive;

import java.io.IOException;
import java.util.Locale;
import raftlab.handin.archive.HandInProblem.Kind;

/** Counts the bytes that an archive unpacks to, and stops at a limit: headers may lie. */
final class ByteBudget {
  private final ArchiveLimits limits;
  private final long packedBytes;
  private long unpackedBytes;

  ByteBudget(ArchiveLimits limits, long packedBytes) {
    this.limits = limits;
    this.packedBytes = packedBytes;
  }

  /** Counts bytes of this entry. */
  void take(long bytes, String name) throws ExceededException {
    unpackedBytes += bytes;
    if (unpackedBytes > ArchiveLimits.BOMB_BYTES
        && unpackedBytes > limits.ratio() * Math.max(1, packedBytes)) {
      throw new ExceededException(
          new HandInProblem(
              Kind.BOMB,
              name,
              String.format(
                  Locale.ROOT,
                  "unpacks to more than %d times the size of the archive (%d bytes)",
                  limits.ratio(),
                  packedBytes)));
    }
    if (unpackedBytes > limits.bytes()) {
      throw new ExceededException(
          new HandInProblem(
              Kind.TOO_LARGE,
              name,
              "with it the files are larger than " + (limits.bytes() >> 20) + " MiB"));
    }
  }

  /** Thrown at the limit. */
  static final class ExceededException extends IOException {
    private final transient HandInProblem problem;

    ExceededException(HandInProblem problem) {
      super(problem.toString());
      this.problem = problem;
    }

    HandInProblem problem() {
      return problem;
    }
  }
}
