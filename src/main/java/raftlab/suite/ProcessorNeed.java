package raftlab.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/**
 * Measures how much processor time one run needs, its replicas and the kit together. The run is
 * played alone during its start and a little longer.
 */
public final class ProcessorNeed {
  /** Replicas may still load and compile for this time after the start, in microseconds. */
  private static final long WARM_MICROS = 2_000_000;

  /** The measurement ends at this time after the start; clients send requests from 2 s on. */
  private static final long MEASURED_MICROS = 4_000_000;

  /** The length of a typical run, over which the cost of its start is distributed. */
  private static final double RUN_MICROS = 20_000_000;

  /**
   * The share of the processors that all runs together may use, so that a run rarely waits for one.
   */
  public static final double TARGET_UTILIZATION = 0.75;

  private double startMicros;
  private double startMeasuredMicros;
  private double startUsed;
  private double warmUsed;
  private long beganMicros = -1;

  /** The samples of what replicas and kit used, as fractions of a processor. */
  private final List<Double> steady = new ArrayList<>();

  private int processors;
  private boolean isComplete;

  /** Returns how many processors a finished run kept busy on average; empty if not measured. */
  public static OptionalDouble of(Trace trace) {
    ProcessorNeed need = new ProcessorNeed();
    trace.events().forEach(need::onEvent);
    return need.isKnown() ? OptionalDouble.of(need.processorsUsed()) : OptionalDouble.empty();
  }

  /** Processes the next event of the run. */
  void onEvent(Event event) {
    if (event instanceof Event.ProcessorUse use) {
      used(use);
    } else if (event instanceof Event.Began) {
      beganMicros = event.atMicros();
      startMicros = event.atMicros();
    }
  }

  /** The kit uses extra time at the start of its first run only. */
  private void used(Event.ProcessorUse use) {
    processors = use.processors();
    double own = use.usedByReplicas() / 100.0 * use.micros();
    long since = use.atMicros() - beganMicros;
    if (beganMicros < 0) {
      startMeasuredMicros += use.micros();
      startUsed += own;
    } else if (since < WARM_MICROS) {
      warmUsed += own;
    } else {
      steady.add((use.usedByReplicas() + use.kit()) / 100.0);
      isComplete = since >= MEASURED_MICROS;
    }
  }

  /** Whether the measurement is complete. */
  boolean isComplete() {
    return isComplete;
  }

  /** Whether anything was measured. */
  boolean isKnown() {
    return !steady.isEmpty();
  }

  /** The number of processors that it keeps busy on average. */
  double processorsUsed() {
    // A start too short to be measured counts as using all processors.
    double atStart = startMeasuredMicros > 0 ? startUsed / startMeasuredMicros : processors;
    return (startMicros * atStart + warmUsed) / RUN_MICROS + medianSteady();
  }

  /** The median. The mean would include what a JVM compiles only in its first seconds. */
  private double medianSteady() {
    return steady.stream().sorted().skip(steady.size() / 2).findFirst().orElseThrow();
  }

  /** How many such runs this machine can play at a time; 1 to {@code most}. */
  int jobs(int most) {
    return jobs(processorsUsed(), processors, most);
  }

  static int jobs(double used, int processors, int most) {
    return (int)
        Math.max(1, Math.min(most, Math.floor(TARGET_UTILIZATION * processors / used + 1e-9)));
  }

  /** The reason for the number, in words. */
  String description(int jobs) {
    return String.format(
        Locale.ROOT,
        "%s at a time: %s needs %.1f of %d %s",
        jobs == 1 ? "1 run" : jobs + " runs",
        jobs == 1 ? "it" : "each",
        processorsUsed(),
        processors,
        processors == 1 ? "core" : "cores");
  }
}
