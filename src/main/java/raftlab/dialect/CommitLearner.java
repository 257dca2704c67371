package raftlab.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * Learns which field of an append is the leader's commit index (§5.3): it never falls while a
 * replica leads, is behind the entries that are sent for the first time, and reaches the last entry
 * when no writes are under way.
 */
final class CommitLearner {
  /** A commit index as a number in messages. */
  record Format(String path, long offset) {}

  private static final double MIN_SHARE = 0.85;
  private static final int MAX_OFFSET = 2;

  /** No entry is committed when it is first sent: that counts more than how soon it is. */
  private static final int RISING_WEIGHT = 20;

  /** A field of the same name in another kind of append means the same. */
  private static final double SAME_NAME = 1.5;

  /** After this time a write that a majority can receive is committed. */
  private static final long SETTLED_MICROS = 100_000;

  private static final int MIN_SETTLED = 3;
  private static final int MAX_ENTRIES_READ = 64;

  /** Replicas mostly count commits as they count entries. */
  private static final double SAME_BASE = 0.2;

  private record Leader(Id id, int life, long term) {}

  private final ReplicaMessages messages;
  private final TermLearner terms;
  private final EntryLearner entries;
  private final List<MessageSample> appends;
  private final Map<String, Format> formats = new TreeMap<>();
  private final Set<String> anchored = new HashSet<>();
  private final Map<String, Boolean> writesZeros = new HashMap<>();
  private final Fit fit = new Fit();

  /** The index of each text of clients. */
  private final Map<String, Long> indexes = new HashMap<>();

  /** The senders of the messages that each replica received, by time. */
  private final Map<Id, TreeMap<Long, Id>> received = new HashMap<>();

  CommitLearner(
      ReplicaMessages messages,
      RoleLearner roles,
      TermLearner terms,
      EntryLearner entries,
      PreviousTermLearner previousTerms) {
    this.messages = messages;
    this.terms = terms;
    this.entries = entries;
    this.appends =
        messages.all().stream()
            .filter(each -> roles.roles().get(each.kind()) == Role.APPEND)
            .toList();
    // Kinds with entries show most: what they teach helps with the others.
    roles.kinds(Role.APPEND).stream()
        .sorted(Comparator.comparing(kind -> entries.format(kind) == null))
        .forEach(kind -> learn(kind, previousTerms.path(kind)));
  }

  /** Whether acknowledgements to clients show what the field means, in all kinds that have it. */
  boolean isAnchored() {
    return !anchored.isEmpty() && anchored.containsAll(formats.keySet());
  }

  /** How often the field was as a commit index must be. */
  Fit fit() {
    return fit;
  }

  /** The leader's commit index, counted from 1; empty if the message has none. */
  OptionalLong of(MessageSample sample) {
    Format format = formats.get(sample.kind());
    if (format == null || sample.number(format.path).isEmpty() && writesZeros(sample, format)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(sample.numberOrZero(format.path) + format.offset);
  }

  /** The field; null if it isn't known. */
  @Nullable Format format(String kind) {
    return formats.get(kind);
  }

  private void learn(String kind, @Nullable String previousTerm) {
    EntryFormat format = entries.format(kind);
    String term = terms.path(kind);
    Corrections corrections = messages.corrections();
    String given = corrections.path(kind, FieldMeaning.COMMIT_INDEX);
    OptionalLong givenOffset = corrections.offset(kind);
    if (given != null) {
      long usual = format == null ? 0 : format.indexOffset();
      formats.put(kind, new Format(given, givenOffset.orElse(usual)));
    }
    double minShare = given == null ? MIN_SHARE : 0;
    double best = RISING_WEIGHT * minShare;
    Fit chosen = new Fit();
    Set<String> numbers = TermLearner.numericPaths(messages.of(kind));
    for (String path : messages.possible(kind, FieldMeaning.COMMIT_INDEX, numbers)) {
      boolean isTaken =
          path.equals(term)
              || path.equals(previousTerm)
              || path.equals(entries.flatTermPath(kind))
              || format != null && !format.isInEntry() && path.equals(format.positionPath());
      if (isTaken && given == null) {
        continue;
      }
      for (long offset = -MAX_OFFSET; offset <= MAX_OFFSET; offset++) {
        boolean isFar = format != null && Math.abs(offset - format.indexOffset()) > 1;
        if (givenOffset.isPresent() ? givenOffset.getAsLong() != offset : isFar) {
          continue;
        }
        Fit rising = rising(kind, path, offset);
        double score =
            RISING_WEIGHT * rising.share()
                + reaching(kind, path, offset)
                + FieldNames.commit(path)
                + (format != null && offset == format.indexOffset() ? SAME_BASE : 0)
                + (isKnown(path, offset) ? SAME_NAME : 0);
        if (rising.total() > 0 && rising.share() >= minShare && score > best) {
          best = score;
          formats.put(kind, new Format(path, offset));
          chosen = rising;
        }
      }
    }
    Format learned = formats.get(kind);
    if (learned != null && givenOffset.isEmpty()) {
      correct(kind, learned, format, chosen);
    }
    fit.add(chosen);
  }

  /**
   * Corrects an offset by which the field only seems to rise as it should: acknowledgements to
   * clients, or a time without writes, show where it ends.
   */
  private void correct(String kind, Format learned, @Nullable EntryFormat format, Fit chosen) {
    OptionalLong acknowledged = acknowledgedOffset(kind, learned.path);
    if (acknowledged.isPresent()) {
      long least = acknowledged.getAsLong();
      long usual = format == null ? least : format.indexOffset();
      if (least >= usual || learned.offset == usual) {
        // What was acknowledged is committed; often so is more, which the usual offset allows for.
        anchored.add(kind);
        formats.put(kind, new Format(learned.path, Math.max(least, usual)));
      }
      return;
    }
    OptionalLong settled = settledOffset(kind, learned.path);
    if (settled.isPresent() && settled.getAsLong() > learned.offset) {
      // Either the leader commits entries when it sends them for the first time, or this is the
      // length of its log.
      formats.put(kind, new Format(learned.path, settled.getAsLong()));
      chosen.ambiguous();
    } else if (settled.isEmpty() && format != null && learned.offset != format.indexOffset()) {
      // Nothing shows where it ends: mostly it counts entries as the rest of the message does.
      formats.put(kind, new Format(learned.path, format.indexOffset()));
      chosen.ambiguous();
    }
  }

  /**
   * The offset by which a leader's next message shows a write as committed that it has acknowledged
   * after it had received messages of a majority. Empty if there are too few of them.
   */
  private OptionalLong acknowledgedOffset(String kind, String path) {
    Map<String, Long> indexes = indexes();
    Map<Id, TreeMap<Long, MessageSample>> next = new HashMap<>();
    for (MessageSample sample : messages.of(kind)) {
      next.computeIfAbsent(sample.from(), id -> new TreeMap<>())
          .putIfAbsent(sample.atMicros(), sample);
    }
    TreeMap<Long, Integer> offsets = new TreeMap<>();
    int all = 0;
    for (ReplicaMessages.AcknowledgedWrite write : messages.acknowledgedWrites()) {
      long index = indexes.getOrDefault(write.mid(), indexes.getOrDefault(write.value(), 0L));
      Map.Entry<Long, MessageSample> shown =
          next.getOrDefault(write.replica(), new TreeMap<>()).ceilingEntry(write.atMicros());
      boolean isSoon =
          shown != null && shown.getKey() - write.atMicros() < SETTLED_MICROS && index > 0;
      if (isSoon && reachesMajority(write.replica(), write.arrivedMicros(), write.atMicros())) {
        offsets.merge(index - shown.getValue().numberOrZero(path), 1, Integer::sum);
        all++;
      }
    }
    int enough = Math.max(MIN_SETTLED, all / 50); // mostly others are committed meanwhile
    return offsets.entrySet().stream()
        .filter(each -> each.getValue() >= enough)
        .filter(each -> Math.abs(each.getKey()) <= MAX_OFFSET)
        .mapToLong(Map.Entry::getKey)
        .max();
  }

  /** The index of each text of clients that all messages show in one entry; 0 if in several. */
  private Map<String, Long> indexes() {
    if (indexes.isEmpty()) {
      for (MessageSample sample : appends) {
        OptionalLong previous = entries.previousIndex(sample);
        List<JsonElement> list = previous.isEmpty() ? List.of() : entries.entries(sample);
        for (int i = 0; i < list.size() && i < MAX_ENTRIES_READ; i++) {
          long index = previous.getAsLong() + 1 + i;
          for (JsonElement text : MessageFields.of(list.get(i)).values()) {
            if (text instanceof JsonPrimitive && messages.isFromClient(text)) {
              indexes.merge(text.getAsString(), index, (one, other) -> one.equals(other) ? one : 0);
            }
          }
        }
      }
    }
    return indexes;
  }

  /**
   * The offset by which the field reaches the end of the log when nothing is under way, and never
   * exceeds it.
   */
  private OptionalLong settledOffset(String kind, String path) {
    Map<Leader, Long> ends = new HashMap<>();
    Map<Leader, Long> grewAt = new HashMap<>();
    TreeMap<Long, Integer> offsets = new TreeMap<>();
    for (MessageSample sample : appends) {
      Leader leader = leader(sample);
      Long known = ends.get(leader);
      long end = end(leader, sample, ends);
      if (known == null || known < end) {
        grewAt.put(leader, sample.atMicros());
      }
      long since = grewAt.getOrDefault(leader, sample.atMicros());
      boolean isSettled = sample.atMicros() - since > SETTLED_MICROS;
      if (isSettled
          && sample.kind().equals(kind)
          && reachesMajority(sample.from(), since, sample.atMicros())) {
        offsets.merge(end - sample.numberOrZero(path), 1, Integer::sum);
      }
    }
    return offsets.entrySet().stream()
        .filter(each -> each.getValue() >= MIN_SETTLED)
        .filter(each -> Math.abs(each.getKey()) <= MAX_OFFSET)
        .mapToLong(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether a leader has received messages of a majority in a time. */
  private boolean reachesMajority(Id leader, long from, long to) {
    if (received.isEmpty()) {
      for (MessageSample each : messages.all()) {
        if (each.isDelivered()) {
          received
              .computeIfAbsent(each.to(), id -> new TreeMap<>())
              .put(each.deliveredMicros(), each.from());
        }
      }
    }
    long replied =
        received
            .getOrDefault(leader, new TreeMap<>())
            .subMap(from, Math.max(from, to))
            .values()
            .stream()
            .distinct()
            .count();
    return replied >= messages.replicaCount() / 2;
  }

  private boolean writesZeros(MessageSample sample, Format format) {
    return writesZeros.computeIfAbsent(
        sample.kind(), kind -> EntryFormat.writesZeros(format.path, messages.of(kind)));
  }

  private boolean isKnown(String path, long offset) {
    return !path.contains("[") && formats.containsValue(new Format(path, offset));
  }

  private Leader leader(MessageSample sample) {
    return new Leader(sample.from(), sample.life(), terms.of(sample).orElse(0));
  }

  private long end(Leader leader, MessageSample sample, Map<Leader, Long> ends) {
    OptionalLong previous = entries.previousIndex(sample);
    return previous.isEmpty()
        ? ends.getOrDefault(leader, 0L)
        : ends.merge(leader, previous.getAsLong() + entries.entries(sample).size(), Math::max);
  }

  /** The share of messages without new entries in which the field is the end of the log. */
  private double reaching(String kind, String path, long offset) {
    Fit reached = new Fit();
    Map<Leader, Long> ends = new HashMap<>();
    for (MessageSample sample : appends) {
      Leader leader = leader(sample);
      Long known = ends.get(leader);
      long end = end(leader, sample, ends);
      if (sample.kind().equals(kind) && known != null && known == end) {
        reached.add(sample.numberOrZero(path) + offset == end);
      }
    }
    return reached.share();
  }

  /** How often the field rises as a commit index does. */
  private Fit rising(String kind, String path, long offset) {
    Fit result = new Fit();
    Map<Leader, Long> before = new HashMap<>();
    Map<Leader, Long> ends = new HashMap<>();
    for (MessageSample sample : appends) {
      Leader leader = leader(sample);
      Long known = ends.get(leader);
      long end = end(leader, sample, ends);
      if (!sample.kind().equals(kind)) {
        continue;
      }
      long now = sample.numberOrZero(path) + offset;
      Long last = before.put(leader, now);
      boolean isNewEntry = known != null && end > known;
      if (isNewEntry) {
        result.add(now < end && now >= 0); // it can't be committed when it is first sent
      }
      if (last != null && (last != now || isNewEntry)) {
        result.add(now > last || last == now);
        result.add(now <= end);
      }
    }
    return result;
  }
}
