package raftlab.cluster;

/** How many processors the kit may use: the one place that asks. */
public final class ProcessorCount {
  private ProcessorCount() {}

  /** Their number, 1 or more; the JVM respects the limits of a container. */
  public static int count() {
    return Runtime.getRuntime().availableProcessors();
  }
}
