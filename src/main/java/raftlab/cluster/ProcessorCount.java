package raftlab.cluster;

/** Returns the number of processors that the kit may use. */
public final class ProcessorCount {
  private ProcessorCount() {}

  /** Returns the number, 1 or more; the JVM respects the limits of a container. */
  public static int count() {
    return Runtime.getRuntime().availableProcessors();
  }
}
