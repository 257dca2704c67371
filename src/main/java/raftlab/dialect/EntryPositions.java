package raftlab.dialect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The numbers with which entries were sent, and which of them tell the place in the log. */
final class EntryPositions {
  /** A field is ambiguous that fits nearly as well as the best. */
  private static final double CLOSE = 0.02;

  private static final double MIN_SHARE = 0.85;
  private static final double MIN_SCORE = 0.6;
  private static final double SAME_ENTRY = 0.8;
  private static final String IN_ENTRY = "@";

  private record Place(long number, int place) {
    long sum() {
      return number + place;
    }
  }

  /** A field that may tell the position. */
  record Candidate(String path, boolean isInEntry, Fit fit, long lowest, int proofs, double score) {
    private boolean isGoodEnough() {
      return fit.share() >= MIN_SHARE && score >= MIN_SCORE;
    }

    private boolean isBetterThan(Candidate best) {
      if (Math.abs(score - best.score) > CLOSE) {
        return score > best.score;
      }
      if (isInEntry != best.isInEntry) {
        return best.isInEntry; // a heartbeat has no entry, so a field of the message tells more
      }
      return score > best.score;
    }
  }

  /** An index as one life of a replica uses it: a log that was lost begins at index 1 again. */
  private record Slot(int life, long index) {}

  private final Map<String, Map<String, Map<Place, Integer>>> places = new TreeMap<>();

  /** The indices of all entries, if a field tells them. */
  private final Map<String, Set<Long>> taken = new HashMap<>();

  /** The life of the replica that was the first to send an entry. */
  private final Map<String, Integer> lives = new HashMap<>();

  /** An entry was sent by a replica in this life, counted from 1. */
  void sent(@Nullable String entry, int life) {
    if (entry != null) {
      lives.putIfAbsent(entry, life);
    }
  }

  /**
   * An entry was sent at a place of a list, in a message whose field has this number.
   *
   * @param entry its content; null if other entries may look like it
   */
  void add(String path, @Nullable String entry, long number, int place) {
    taken.computeIfAbsent(path, each -> new HashSet<>()).add(number + place);
    if (entry == null) {
      return;
    }
    places
        .computeIfAbsent(path, each -> new HashMap<>())
        .computeIfAbsent(entry, each -> new HashMap<>())
        .merge(new Place(number, place), 1, Integer::sum);
  }

  /** An entry was sent that has this number in a field of its own. */
  void addInEntry(String path, @Nullable String entry, long number) {
    add(IN_ENTRY + path, entry, number, 0);
  }

  /** The field that tells the position; null if none fits well. */
  @Nullable Candidate best() {
    Candidate best = null;
    for (Map.Entry<String, Map<String, Map<Place, Integer>>> each : places.entrySet()) {
      Candidate next = candidate(each.getKey(), each.getValue());
      if (next.isGoodEnough() && (best == null || next.isBetterThan(best))) {
        best = next;
      }
    }
    return best;
  }

  /** How well this field of the message fits; null if no entry was sent. */
  @Nullable Candidate of(String path) {
    Map<String, Map<Place, Integer>> byEntry = places.get(path);
    return byEntry == null ? null : candidate(path, byEntry);
  }

  private Candidate candidate(String path, Map<String, Map<Place, Integer>> byEntry) {
    Fit same = new Fit();
    Map<Slot, Integer> users = new HashMap<>();
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    int moved = 0;
    for (Map.Entry<String, Map<Place, Integer>> each : byEntry.entrySet()) {
      Map<Place, Integer> places = each.getValue();
      Map<Long, Integer> sums = new HashMap<>();
      places.forEach((place, times) -> sums.merge(place.sum(), times, Integer::sum));
      int all = sums.values().stream().mapToInt(times -> times).sum();
      Map.Entry<Long, Integer> most =
          sums.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
      same.add(most.getValue() >= SAME_ENTRY * all); // equal writes may look alike
      users.merge(new Slot(lives.getOrDefault(each.getKey(), 1), most.getKey()), 1, Integer::sum);
      lowest = Math.min(lowest, most.getKey());
      highest = Math.max(highest, most.getKey());
      moved += places.size() > 1 && sums.size() == 1 ? 1 : 0;
    }
    // Two entries at one index: a later leader has overwritten one, but seldom.
    double shared = 1 - (double) users.size() / Math.max(1, byEntry.size());
    double score = same.share() - shared + FieldNames.previousIndex(path);
    // Each entry at an index of its own, one after the other: no other number does that.
    int entries = Math.max(byEntry.size(), taken.getOrDefault(path, Set.of()).size());
    boolean isDense = shared <= 0.25 && same.share() >= 0.9 && highest - lowest <= 1.5 * entries;
    int proofs = Math.max(moved, isDense ? byEntry.size() : 0);
    boolean isInEntry = path.startsWith(IN_ENTRY);
    String plain = isInEntry ? path.substring(IN_ENTRY.length()) : path;
    return new Candidate(plain, isInEntry, same, lowest, proofs, score);
  }
}
