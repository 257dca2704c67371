package raftlab.judge.invariant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.scenario.CountedMetric;
import raftlab.wire.Id;

/**
 * What a check of many events found: the first violation of each invariant by each mistake, how
 * often each invariant was broken, and remarks. Words are made for first violations only, since
 * each event may break an invariant.
 */
public class FirstViolations {
  private final Map<Invariant, List<Violation>> firsts = new EnumMap<>(Invariant.class);
  private final Map<Invariant, Integer> counts = new EnumMap<>(Invariant.class);
  private final List<String> remarks = new ArrayList<>();

  /** The first violation of this invariant; null if it holds. */
  public @Nullable Violation first(Invariant invariant) {
    List<Violation> all = firsts.get(invariant);
    return all == null ? null : all.get(0);
  }

  /** The first violation of each invariant by each mistake. */
  public List<Violation> all() {
    return firsts.values().stream().flatMap(Collection::stream).toList();
  }

  /** How often this invariant was broken. */
  public int count(Invariant invariant) {
    return counts.getOrDefault(invariant, 0);
  }

  /** What is odd, or bad practice, and breaks no invariant. */
  public List<String> remarks() {
    return Collections.unmodifiableList(remarks);
  }

  /** Adds a remark. */
  public void remark(String text) {
    remarks.add(text);
  }

  /** An invariant was broken; the words are those of {@link String#format}. */
  public void violated(
      Invariant invariant, List<Id> replicas, Evidence evidence, String format, Object... words) {
    violated(invariant, null, replicas, evidence, format, words);
  }

  /** An invariant was broken by this mistake; null if it may be one of several. */
  public void violated(
      Invariant invariant,
      @Nullable KnownMistake mistake,
      List<Id> replicas,
      Evidence evidence,
      String format,
      Object... words) {
    Optional<KnownMistake> by = Optional.ofNullable(mistake);
    if (isKnown(invariant, by)) {
      counts.merge(invariant, 1, Integer::sum);
    } else {
      String text = words.length == 0 ? format : String.format(Locale.ROOT, format, words);
      add(new Violation(invariant, by, replicas, text, evidence.events()));
    }
  }

  /** A figure is out of the limit that an invariant sets. */
  public void exceeded(
      Invariant invariant,
      CountedMetric metric,
      List<Id> replicas,
      Evidence evidence,
      String text) {
    add(
        new Violation(
            invariant, Optional.empty(), Optional.of(metric), replicas, text, evidence.events()));
  }

  /** Adds a violation. */
  public void add(Violation violation) {
    counts.merge(violation.invariant(), 1, Integer::sum);
    if (!isKnown(violation.invariant(), violation.mistake())) {
      firsts.computeIfAbsent(violation.invariant(), each -> new ArrayList<>()).add(violation);
    }
  }

  private boolean isKnown(Invariant invariant, Optional<KnownMistake> mistake) {
    return firsts.getOrDefault(invariant, List.of()).stream()
        .anyMatch(violation -> violation.mistake().equals(mistake));
  }
}
