package raftlab.cluster.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Samples the processor use from {@code /proc} four times a second, for all runs of this kit, on
 * one thread that lives as long as there are runs. Without {@code /proc} it reads nothing.
 */
final class ProcessorSampler implements Runnable {
  /**
   * One sample.
   *
   * @param groups what each process group of a replica uses
   */
  record Sample(
      long nanos,
      SystemStat machine,
      long waitingMicros,
      long kitTicks,
      Map<Long, GroupUse> groups) {}

  /**
   * What the processes of a group use together.
   *
   * @param ticks their processor time
   * @param residentPages their memory
   */
  record GroupUse(long ticks, long residentPages) {
    /** Nothing. */
    static final GroupUse NONE = new GroupUse(0, 0);

    private GroupUse plus(GroupUse other) {
      return new GroupUse(ticks + other.ticks, residentPages + other.residentPages);
    }
  }

  private static final Path PROC = Path.of("/proc");
  private static final long PAUSE_MILLIS = 250;

  /** Every SCAN-th sample looks for new processes; the others read only the known ones. */
  private static final int SCAN_INTERVAL = 4;

  private static final Set<ReplicaProcessorMeter> METERS = new HashSet<>();
  private static @Nullable Thread thread;

  private final long kitPid = ProcessHandle.current().pid();

  /** The process group of each process, as of the last scan. */
  private Map<Long, Long> groupOf = new HashMap<>();

  private int samples;

  private ProcessorSampler() {}

  /** Opens a meter that is updated until it is closed. */
  static ReplicaProcessorMeter open(ReplicaProcessorMeter.UseListener listener) {
    ReplicaProcessorMeter meter = new ReplicaProcessorMeter(listener);
    synchronized (METERS) {
      METERS.add(meter);
      if (thread == null && Files.isReadable(PROC.resolve("stat"))) {
        thread = new Thread(new ProcessorSampler(), "raftlab-processors");
        thread.setDaemon(true);
        thread.start();
      }
    }
    return meter;
  }

  static void remove(ReplicaProcessorMeter meter) {
    synchronized (METERS) {
      METERS.remove(meter);
      METERS.notifyAll();
    }
  }

  /** Waits for the next sample and returns the open meters; none if this thread should end. */
  private static List<ReplicaProcessorMeter> awaitMeters() throws InterruptedException {
    synchronized (METERS) {
      long until = System.nanoTime() + PAUSE_MILLIS * 1_000_000;
      long left = PAUSE_MILLIS;
      while (left > 0 && !METERS.isEmpty()) {
        METERS.wait(left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
      if (METERS.isEmpty()) {
        thread = null;
      }
      return List.copyOf(METERS);
    }
  }

  @Override
  public void run() {
    try {
      List<ReplicaProcessorMeter> meters = awaitMeters();
      while (!meters.isEmpty()) {
        Optional<Sample> sample = sample(groups(meters));
        if (sample.isPresent()) {
          for (ReplicaProcessorMeter meter : meters) {
            meter.update(sample.get());
          }
        }
        meters = awaitMeters();
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private static Set<Long> groups(List<ReplicaProcessorMeter> meters) {
    Set<Long> groups = new HashSet<>();
    meters.forEach(meter -> groups.addAll(meter.groups()));
    return groups;
  }

  private Optional<Sample> sample(Set<Long> groups) {
    try {
      Map<Long, GroupUse> use = use(groups);
      Optional<ProcessStat> ofKit = read(kitPid);
      return SystemStat.parse(Files.readAllLines(PROC.resolve("stat")))
          .map(
              machine ->
                  new Sample(
                      System.nanoTime(),
                      machine,
                      CpuPressure.waitingMicros(),
                      ofKit.map(ProcessStat::ticks).orElse(0L),
                      use));
    } catch (IOException notHere) {
      return Optional.empty();
    }
  }

  private Map<Long, GroupUse> use(Set<Long> groups) throws IOException {
    Collection<ProcessStat> processes = new ArrayList<>();
    if (samples++ % SCAN_INTERVAL == 0) {
      for (long pid : allPids()) {
        read(pid).ifPresent(processes::add);
      }
      groupOf = ProcessStat.assignGroups(processes, groups);
    } else {
      // The started process leads its group, so the group has its number.
      groups.forEach(group -> groupOf.put(group, group));
      groupOf.values().retainAll(groups);
      groupOf.keySet().forEach(pid -> read(pid).ifPresent(processes::add));
    }
    Map<Long, GroupUse> use = new HashMap<>();
    for (ProcessStat process : processes) {
      Long group = groupOf.get(process.pid());
      if (group != null) {
        use.merge(group, new GroupUse(process.ticks(), process.residentPages()), GroupUse::plus);
      }
    }
    return use;
  }

  private static List<Long> allPids() throws IOException {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        try {
          pids.add(Long.parseLong(folder.getFileName().toString()));
        } catch (NumberFormatException noProcess) {
          continue;
        }
      }
    }
    return pids;
  }

  private static Optional<ProcessStat> read(long pid) {
    try {
      return ProcessStat.parse(
          new String(
              Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("stat")),
              java.nio.charset.StandardCharsets.ISO_8859_1));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
