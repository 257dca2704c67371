package raftlab.cluster.sim;

/** The clock of a simulated machine. It may run fast or slow. */
final class SimClock {
  private double rate = 1;

  /** The world's time when the rate was set, and the clock's time then. */
  private long rateSetAtWorldMicros;

  private double rateSetAtClockMicros;

  /** Returns the clock's time at this time of the world. */
  double clockMicros(long worldMicros) {
    return rateSetAtClockMicros + (worldMicros - rateSetAtWorldMicros) * rate;
  }

  /** Sets the speed relative to the world's time. */
  void rate(double newRate, long worldMicros) {
    rateSetAtClockMicros = clockMicros(worldMicros);
    rateSetAtWorldMicros = worldMicros;
    rate = newRate;
  }

  /** Jumps to this later time of the clock; stays where it is if that is earlier. */
  void jumpTo(double clockMicros, long worldMicros) {
    rateSetAtClockMicros = Math.max(clockMicros, clockMicros(worldMicros));
    rateSetAtWorldMicros = worldMicros;
  }

  /** Returns how much of the world's time passes during this time of the clock, rounded up. */
  long worldMicros(double clockMicros) {
    return (long) Math.ceil(clockMicros / rate);
  }
}
