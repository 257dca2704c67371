package raftlab.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one replica, or one build, may use: all its processes together, unless it says otherwise.
 * {@link Long#MAX_VALUE} is no limit.
 *
 * @param memoryBytes resident memory
 * @param processorSeconds processor time
 * @param diskBytes the files that it stores
 * @param fileBytes the size of one file
 * @param outputBytes what it prints to stdout, and what it prints to stderr
 * @param processes its processes and their threads
 * @param openFiles the open files of each process
 */
public record UsageLimits(
    long memoryBytes,
    long processorSeconds,
    long diskBytes,
    long fileBytes,
    long outputBytes,
    long processes,
    long openFiles) {
  private static final long MEBIBYTE = 1 << 20;

  private static final long PAGE_BYTES = pageBytes();

  /** The most that a replica may store in any run. */
  private static final long STORED_BYTES = 1024 * MEBIBYTE;

  /** No limits but that of the disk. */
  public static final UsageLimits WIDE =
      new UsageLimits(
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          STORED_BYTES,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE);

  /** What a replica of a hand-in may use. */
  public static final UsageLimits REPLICA =
      new UsageLimits(
          1024 * MEBIBYTE, 600, 256 * MEBIBYTE, 512 * MEBIBYTE, 128 * MEBIBYTE, 512, 1024);

  /** What a hand-in's build may use. */
  public static final UsageLimits BUILD =
      new UsageLimits(
          3072 * MEBIBYTE, 900, 2048 * MEBIBYTE, 1024 * MEBIBYTE, 64 * MEBIBYTE, 1024, 4096);

  private static long pageBytes() {
    // Each map of this process has a line "KernelPageSize:  4 kB".
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/smaps"))) {
      return lines
          .filter(line -> line.startsWith("KernelPageSize:"))
          .findFirst()
          .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .orElse(4096L);
    } catch (IOException | RuntimeException notLinux) {
      return 4096;
    }
  }

  /** Whether memory or processor time is limited. */
  boolean isMetered() {
    return memoryBytes < Long.MAX_VALUE || processorSeconds < Long.MAX_VALUE;
  }

  /** Returns the limit that this use exceeds; the first if there are two. */
  Optional<UsageLimit> exceededBy(long processorMicros, long residentPages) {
    if (residentPages > memoryBytes / PAGE_BYTES) {
      return Optional.of(UsageLimit.MEMORY);
    }
    return processorMicros / 1_000_000 > processorSeconds
        ? Optional.of(UsageLimit.PROCESSOR)
        : Optional.empty();
  }

  /** The same with another limit of memory. */
  public UsageLimits withMemory(long bytes) {
    return with(UsageLimit.MEMORY, bytes, processes);
  }

  /** The same with another limit of processor time. */
  public UsageLimits withProcessorSeconds(long seconds) {
    return with(UsageLimit.PROCESSOR, seconds, processes);
  }

  /** The same with another limit of stored bytes. */
  public UsageLimits withDisk(long bytes) {
    return with(UsageLimit.DISK, bytes, processes);
  }

  /** The same with another limit of output. */
  public UsageLimits withOutput(long bytes) {
    return with(UsageLimit.OUTPUT, bytes, processes);
  }

  /** The same with another limit of processes. */
  public UsageLimits withProcesses(long count) {
    return with(null, 0, count);
  }

  private UsageLimits with(@Nullable UsageLimit changed, long value, long mostProcesses) {
    return new UsageLimits(
        changed == UsageLimit.MEMORY ? value : memoryBytes,
        changed == UsageLimit.PROCESSOR ? value : processorSeconds,
        changed == UsageLimit.DISK ? value : diskBytes,
        fileBytes,
        changed == UsageLimit.OUTPUT ? value : outputBytes,
        mostProcesses,
        openFiles);
  }
}
