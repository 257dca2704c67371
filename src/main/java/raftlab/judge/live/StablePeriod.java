package raftlab.judge.live;

import java.util.List;
import raftlab.trace.Event;

/**
 * A period of a run in which nothing disturbs a majority of the members: they are up, reach each
 * other over good links, are separated from all other running replicas, have no faults, and the
 * machine isn't overloaded.
 */
final class StablePeriod {
  /** When it begins, in microseconds of the trace; may be a little later than it is found. */
  final long fromMicros;

  /** The last event before it; null if that is not known. */
  final Event since;

  /** The indices of its replicas. */
  final List<Integer> memberIndexes;

  /** The number of members of the cluster. */
  final int memberCount;

  /** Whether no message is dropped. */
  final boolean isLossless;

  private final double slack;
  private final boolean[] in;

  StablePeriod(
      long fromMicros,
      Event since,
      List<Integer> places,
      int memberCount,
      boolean isLossless,
      double slack) {
    this.slack = slack;
    this.fromMicros = fromMicros;
    this.since = since;
    // A trace that is cut off may mention a replica before it starts.
    this.memberIndexes = places.stream().filter(place -> place >= 0).toList();
    this.memberCount = memberCount;
    this.isLossless = isLossless;
    int most = 0;
    for (int place : this.memberIndexes) {
      most = Math.max(most, place);
    }
    this.in = new boolean[most + 1];
    this.memberIndexes.forEach(place -> in[place] = true);
  }

  boolean contains(int place) {
    return place >= 0 && place < in.length && in[place];
  }

  /** Returns a time bound, extended if the replicas themselves overload the processors. */
  long scaledBound(long micros) {
    return (long) (micros * slack);
  }

  /** Describes its replicas in words. */
  String membersText() {
    return memberIndexes.size() == memberCount
        ? "all " + memberCount + " replicas reach each other"
        : memberIndexes.size() + " of " + memberCount + " replicas reach each other";
  }
}
