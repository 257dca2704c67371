package raftlab.judge.live;

import java.util.List;
import raftlab.trace.Event;

/**
 * A stretch of a run in which nothing is in the way of a majority of the members: they are up,
 * reach each other over good links, nobody else who is up reaches them or is reached by them,
 * nothing is done to anybody, and the machine has time for all.
 */
final class StablePeriod {
  /** When it begins, in microseconds of the trace; may be a little later than it is found. */
  final long fromMicros;

  /** What happened last before it; null if that is not known. */
  final Event since;

  /** The places of those that are in it. */
  final List<Integer> places;

  /** How many members the cluster has. */
  final int members;

  /** Whether no message is lost. */
  final boolean isLossless;

  private final double slack;
  private final boolean[] in;

  StablePeriod(
      long fromMicros,
      Event since,
      List<Integer> places,
      int members,
      boolean isLossless,
      double slack) {
    this.slack = slack;
    this.fromMicros = fromMicros;
    this.since = since;
    // A trace that is cut off may tell of a replica before it starts.
    this.places = places.stream().filter(place -> place >= 0).toList();
    this.members = members;
    this.isLossless = isLossless;
    int most = 0;
    for (int place : this.places) {
      most = Math.max(most, place);
    }
    this.in = new boolean[most + 1];
    this.places.forEach(place -> in[place] = true);
  }

  boolean has(int place) {
    return place >= 0 && place < in.length && in[place];
  }

  /** A time bound, stretched if the replicas themselves keep each other from running. */
  long bound(long micros) {
    return (long) (micros * slack);
  }

  /** Who is in it, in words. */
  String who() {
    return places.size() == members
        ? "all " + members + " replicas reach each other"
        : places.size() + " of " + members + " replicas reach each other";
  }
}
