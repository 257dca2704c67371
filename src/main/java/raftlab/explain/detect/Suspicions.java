package raftlab.explain.detect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import raftlab.explain.view.ClusterView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.judge.invariant.Violation;
import raftlab.trace.Event;

/**
 * The mistakes that detectors have found: each when it showed first, and how often. The words of a
 * suspicion are those of {@link String#format}, and say what was seen; time and rule are added.
 * Words are made only for the first time.
 */
public final class Suspicions {
  /** The mistakes whose detectors note each time that the rule is {@link #kept}. */
  private static final Set<KnownMistake> JUDGED_BY_COUNT =
      EnumSet.of(
          KnownMistake.ACCEPTS_OLD_TERM,
          KnownMistake.CLAIMS_UNVERIFIED,
          KnownMistake.COMMITS_OLD_TERM,
          KnownMistake.COMMITS_TOO_FAR,
          KnownMistake.COMMITS_WITH_HALF,
          KnownMistake.COUNTS_PRE_VOTES,
          KnownMistake.COUNTS_VOTES_TWICE,
          KnownMistake.ELECTED_BY_HALF,
          KnownMistake.HEARTBEAT_WITHOUT_CHECK,
          KnownMistake.MATCH_FROM_NEXT,
          KnownMistake.READS_ANYWHERE,
          KnownMistake.READS_BEFORE_OWN_COMMIT,
          KnownMistake.READS_WITHOUT_MAJORITY,
          KnownMistake.REMOVED_STILL_COUNTS,
          KnownMistake.SKIPS_CONSISTENCY_CHECK,
          KnownMistake.VOTES_FOR_OLD_LOG,
          KnownMistake.VOTES_TWICE);

  /** A mistake is kept this often; later ones are only counted. */
  private static final int MAX_LATER = 100;

  private final ClusterView cluster;
  private final Map<KnownMistake, Suspicion> firsts = new LinkedHashMap<>();
  private final Map<KnownMistake, List<Supplier<Suspicion>>> later =
      new EnumMap<>(KnownMistake.class);
  private final Map<KnownMistake, Integer> counts = new EnumMap<>(KnownMistake.class);
  private final Map<KnownMistake, Integer> kept = new EnumMap<>(KnownMistake.class);
  private final Map<Event, Event> messages = new IdentityHashMap<>();
  private long corruptedAt = Long.MAX_VALUE;

  /** No suspicions yet. */
  public Suspicions(ClusterView cluster) {
    this.cluster = cluster;
  }

  /**
   * A message between replicas was corrupted. Its receiver can't recognize that, so a correct
   * replica may do anything from now on: nothing is certain.
   */
  void corrupted(long atMicros) {
    corruptedAt = Math.min(corruptedAt, atMicros);
  }

  /** No correct replica does this. */
  void certain(KnownMistake mistake, long at, Evidence evidence, String format, Object... words) {
    add(mistake, at, true, true, evidence, format, words);
  }

  /** A correct replica hardly ever does this. */
  void likely(KnownMistake mistake, long at, Evidence evidence, String format, Object... words) {
    add(mistake, at, false, true, evidence, format, words);
  }

  /** Certain or likely. */
  void suspect(
      boolean isCertain,
      KnownMistake mistake,
      long at,
      Evidence evidence,
      String format,
      Object... words) {
    add(mistake, at, isCertain, true, evidence, format, words);
  }

  /** No correct replica does this, whatever the messages between replicas mean. */
  void proven(KnownMistake mistake, long at, Evidence evidence, String format, Object... words) {
    add(mistake, at, true, false, evidence, format, words);
  }

  /** A correct replica hardly ever does this, whatever the messages between replicas mean. */
  void probable(KnownMistake mistake, long at, Evidence evidence, String format, Object... words) {
    add(mistake, at, false, false, evidence, format, words);
  }

  /**
   * A rule of {@code judge.raft} was broken.
   *
   * @param restsOnMessages whether it was applied to messages instead of reports
   */
  public void violated(Violation violation, boolean restsOnMessages) {
    violation
        .mistake()
        .ifPresent(
            mistake ->
                add(
                    mistake,
                    violation.atMicros(),
                    !violation.invariant().loadCanCause(),
                    restsOnMessages,
                    Evidence.of(violation.evidence().toArray(new Event[0])),
                    violation.text()));
  }

  private void add(
      KnownMistake mistake,
      long atMicros,
      boolean isCertainIfIntact,
      boolean restsOnMessages,
      Evidence evidence,
      String format,
      Object... words) {
    boolean isCertain = isCertainIfIntact && atMicros < corruptedAt;
    counts.merge(mistake, 1, Integer::sum);
    if (firsts.containsKey(mistake)) {
      List<Supplier<Suspicion>> known = later.computeIfAbsent(mistake, m -> new ArrayList<>());
      if (known.size() < MAX_LATER) {
        known.add(
            () ->
                suspicion(mistake, atMicros, isCertain, restsOnMessages, evidence, format, words));
      }
      return;
    }
    firsts.put(
        mistake, suspicion(mistake, atMicros, isCertain, restsOnMessages, evidence, format, words));
  }

  private Suspicion suspicion(
      KnownMistake mistake,
      long atMicros,
      boolean isCertain,
      boolean restsOnMessages,
      Evidence evidence,
      String format,
      Object... words) {
    String seen = words.length == 0 ? format : String.format(Locale.ROOT, format, words);
    String text = Sentences.of(cluster.at(atMicros) + " " + seen, mistake.rule());
    List<Event> events = evidence.events(event -> messages.getOrDefault(event, event));
    return new Suspicion(mistake, atMicros, isCertain, restsOnMessages, text, events);
  }

  /** The first time that a mistake was seen in events of which one is meant; null if never. */
  @Nullable Suspicion showing(KnownMistake mistake, Predicate<List<Event>> isMeant) {
    Suspicion first = firsts.get(mistake);
    if (first != null && isMeant.test(first.evidence())) {
      return first;
    }
    for (Supplier<Suspicion> each : later.getOrDefault(mistake, List.of())) {
      Suspicion suspicion = each.get();
      if (isMeant.test(suspicion.evidence())) {
        return suspicion;
      }
    }
    return null;
  }

  /** A report was inferred: the message that proves it is shown in its place. */
  void inferred(Event.Reported report, Event.Sent sent) {
    messages.put(report, sent);
  }

  /** The mistake was seen this often, though it was suspected once. */
  void seen(KnownMistake mistake, int times) {
    counts.put(mistake, times);
  }

  /** The rules that these mistakes break applied, and were kept. */
  void kept(KnownMistake... mistakes) {
    for (KnownMistake mistake : mistakes) {
      kept.merge(mistake, 1, Integer::sum);
    }
  }

  /**
   * Whether messages seem to be misread: the rule was broken as often as it was kept, or more. A
   * replica with a bug mostly keeps the rule; one that is misread seems to break it each time.
   */
  boolean isMisread(KnownMistake mistake) {
    return JUDGED_BY_COUNT.contains(mistake)
        && counts.getOrDefault(mistake, 0) >= kept.getOrDefault(mistake, 0);
  }

  /** Whether the rule that this mistake breaks applied, and was kept. */
  boolean isKept(KnownMistake mistake) {
    return kept.getOrDefault(mistake, 0) > 0;
  }

  /** How often a mistake was seen. */
  int count(KnownMistake mistake) {
    return counts.getOrDefault(mistake, 0);
  }

  /** All of them, in the order of detection. */
  public List<Suspicion> all() {
    return List.copyOf(firsts.values());
  }
}
