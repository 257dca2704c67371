package raftlab.dialect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Learns how appends carry entries (§5.3). An entry is recognized by what a client has sent. It has
 * one place in the log: so a field tells the position if it plus the entry's place in its list is
 * the same for an entry in all messages, and different for different entries.
 */
final class EntryLearner {
  private static final double MIN_SHARE = 0.85;

  /** The first entry is 0 or 1, and a message names it or the entry before it. */
  private static final int MIN_OFFSET = -2;

  private static final int MAX_OFFSET = 1;
  private static final int MAX_ENTRIES_READ = 64;
  private static final String FLAT_TERM = "(term)";

  private final ReplicaMessages messages;
  private final TermLearner terms;
  private final Map<String, EntryFormat> formats = new TreeMap<>();
  private final Map<String, String> listPaths = new TreeMap<>();
  private final Map<String, Integer> flat = new TreeMap<>();
  private final Map<String, String> markers = new TreeMap<>();
  private final Set<String> alwaysEntry = new HashSet<>();
  private final Map<String, Long> firstTerms = new HashMap<>();
  private final Fit fit = new Fit();
  private final Map<String, String> flatTermPaths = new TreeMap<>();
  private @Nullable String entryTermPath;

  EntryLearner(ReplicaMessages messages, RoleLearner roles, TermLearner terms) {
    this.messages = messages;
    this.terms = terms;
    for (String kind : roles.kinds(Role.APPEND)) {
      learnLists(kind);
    }
    learnAlwaysEntry();
    learnEntryTerm(roles);
    for (String kind : roles.kinds(Role.APPEND)) {
      learnPosition(kind);
    }
    shareFormats(roles);
    flat.keySet().forEach(this::learnFlatTerm);
  }

  /** How messages of a kind carry entries; null if it isn't known. */
  @Nullable EntryFormat format(String kind) {
    return formats.get(kind);
  }

  /** How often an entry that was seen at several places of messages had one index. */
  Fit fit() {
    return fit;
  }

  /** The entries of a message. */
  List<JsonElement> entries(MessageSample sample) {
    String listPath = listPaths.get(sample.kind());
    List<JsonElement> entries = new ArrayList<>();
    if (listPath != null) {
      if (sample.fields().get(listPath) instanceof JsonArray list) {
        list.forEach(entries::add);
      }
      return entries;
    }
    JsonObject entry = new JsonObject();
    for (Map.Entry<String, JsonElement> field : sample.fields().entrySet()) {
      if (messages.isFromClient(field.getValue()) || messages.isKey(field.getValue())) {
        entry.add(field.getKey(), field.getValue());
      }
    }
    String termPath = flatTermPaths.get(sample.kind());
    String marker = markers.get(sample.kind());
    boolean isMarked = marker != null && sample.number(marker).isPresent();
    if (!entry.isEmpty() || alwaysEntry.contains(sample.kind()) || isMarked) {
      if (termPath != null) {
        entry.addProperty(FLAT_TERM, sample.numberOrZero(termPath));
      }
      entries.add(entry);
    }
    return entries;
  }

  /** The index of the entry before those of a message; empty if it isn't known. */
  OptionalLong previousIndex(MessageSample sample) {
    EntryFormat format = formats.get(sample.kind());
    return format == null ? OptionalLong.empty() : format.previousIndex(sample, entries(sample));
  }

  /** The field of a message that is the term of its only entry; null if there is none. */
  @Nullable String flatTermPath(String kind) {
    return flatTermPaths.get(kind);
  }

  /**
   * The term of an entry: its own field, else the earliest term in which it was sent; that is
   * unknown for entries that aren't a client's, as they may all look alike.
   */
  OptionalLong termOf(JsonElement entry) {
    if (entry instanceof JsonObject object && object.has(FLAT_TERM)) {
      return MessageFields.number(object.get(FLAT_TERM));
    }
    if (entryTermPath != null) {
      OptionalLong own = MessageFields.number(MessageFields.of(entry).get(entryTermPath));
      if (own.isPresent()) {
        return own;
      }
    }
    Long first = messages.isFromClient(entry) ? firstTerms.get(entry.toString()) : null;
    return first == null ? OptionalLong.empty() : OptionalLong.of(first);
  }

  // ---- where entries are in a message ----

  private void learnLists(String kind) {
    Map<String, Integer> lists = new TreeMap<>();
    Map<String, Integer> used = new TreeMap<>();
    int own = 0;
    for (MessageSample sample : messages.of(kind)) {
      for (Map.Entry<String, JsonElement> field : sample.fields().entrySet()) {
        if (field.getValue() instanceof JsonArray list) {
          lists.merge(field.getKey(), 1, Integer::sum);
          if (!list.isEmpty() && messages.isFromClient(list.get(list.size() - 1))) {
            used.merge(field.getKey(), 1, Integer::sum);
          }
        } else if (messages.isFromClient(field.getValue())) {
          own++;
        }
      }
    }
    String best = null;
    for (String path : lists.keySet()) {
      if (best == null
          || used.getOrDefault(path, 0) > used.getOrDefault(best, 0)
          || used.getOrDefault(path, 0).equals(used.getOrDefault(best, 0))
              && lists.getOrDefault(path, 0) > lists.getOrDefault(best, 0)) {
        best = path;
      }
    }
    String given = messages.corrections().path(kind, FieldMeaning.ENTRIES);
    if (given != null) {
      listPaths.put(kind, given);
    } else if (best != null && used.getOrDefault(best, 0) >= own / 4) {
      listPaths.put(kind, best);
    } else {
      flat.put(kind, own);
    }
  }

  /**
   * If heartbeats are messages of another kind, each message of this kind is an entry, also one
   * without a client's texts.
   */
  private void learnAlwaysEntry() {
    boolean hasHeartbeats = flat.containsValue(0);
    flat.forEach(
        (kind, own) -> {
          if (own > 0 && hasHeartbeats) {
            alwaysEntry.add(kind);
          } else if (own > 0) {
            learnMarker(kind);
          }
        });
  }

  /** The number that all messages with an entry have, and fewest of the others. */
  private void learnMarker(String kind) {
    List<MessageSample> all = messages.of(kind);
    List<MessageSample> withEntry = all.stream().filter(each -> !entries(each).isEmpty()).toList();
    TermLearner.numericPaths(withEntry).stream()
        .filter(path -> withEntry.stream().allMatch(each -> each.number(path).isPresent()))
        .filter(path -> all.stream().anyMatch(each -> each.number(path).isEmpty()))
        .min(Comparator.comparingLong(path -> count(all, path)))
        .ifPresent(path -> markers.put(kind, path));
  }

  private static long count(List<MessageSample> samples, String path) {
    return samples.stream().filter(each -> each.number(path).isPresent()).count();
  }

  // ---- their position ----

  private void learnPosition(String kind) {
    List<MessageSample> samples = messages.of(kind);
    Corrections corrections = messages.corrections();
    String previous = corrections.path(kind, FieldMeaning.PREVIOUS_INDEX);
    String first = corrections.path(kind, FieldMeaning.ENTRY_INDEX);
    boolean isFirstGiven = previous == null && hasNumber(samples, first);
    String given = isFirstGiven ? first : previous;
    EntryPositions positions = positions(kind, samples);
    EntryPositions.Candidate best = given == null ? positions.best() : positions.of(given);
    String list = listPaths.get(kind);
    if (best != null) {
      String path = best.path();
      boolean isOptional =
          !best.isInEntry()
              && !path.isEmpty()
              && samples.stream().anyMatch(each -> each.number(path).isEmpty());
      boolean omitsZeros = !isOptional || !EntryFormat.writesZeros(path, samples);
      if (flat.containsKey(kind) && isOptional && !omitsZeros) {
        markers.putIfAbsent(kind, path); // heartbeats of this kind have no position
      }
      EntryFormat found = new EntryFormat(list, path, best.isInEntry(), 0, omitsZeros);
      long offset = -lowest(found, samples, best.lowest());
      if (corrections.offset(kind).isPresent() && !path.isEmpty()) {
        boolean isOfFirst = best.isInEntry() || isFirstGiven;
        offset = corrections.offset(kind).getAsLong() - (isOfFirst ? 1 : 0);
      }
      formats.put(kind, new EntryFormat(list, path, best.isInEntry(), offset, omitsZeros));
      if (!path.isEmpty() && (offset < MIN_OFFSET || offset > MAX_OFFSET)) {
        fit.ambiguous(); // no log begins there
      }
      for (int i = 0; i < best.proofs(); i++) {
        fit.add(true);
      }
      for (int i = 0; i < best.fit().total() - best.fit().agreed(); i++) {
        fit.add(false);
      }
    } else if (given != null) { // heartbeats have no entries to compare
      formats.put(
          kind,
          new EntryFormat(
              list,
              given,
              false,
              corrections.offset(kind).orElse(0) - (isFirstGiven ? 1 : 0),
              true));
    }
  }

  /** Whether a field of the message itself has this path. */
  private static boolean hasNumber(List<MessageSample> samples, @Nullable String path) {
    return path != null && samples.stream().anyMatch(each -> each.number(path).isPresent());
  }

  private EntryPositions positions(String kind, List<MessageSample> samples) {
    EntryPositions positions = new EntryPositions();
    Set<String> paths =
        messages.possible(kind, FieldMeaning.PREVIOUS_INDEX, TermLearner.numericPaths(samples));
    String term = terms.path(kind);
    for (MessageSample sample : samples) {
      List<JsonElement> entries = entries(sample);
      for (int i = 0; i < entries.size() && i < MAX_ENTRIES_READ; i++) {
        JsonElement entry = entries.get(i);
        // Others may look like an entry at another place, but have a place, too.
        String id = messages.isOneOperation(entry) ? entry.toString() : null;
        positions.sent(id, sample.life());
        positions.add("", id, 0, i);
        for (String path : paths) {
          if (!path.equals(term)) {
            positions.add(path, id, sample.numberOrZero(path), i);
          }
        }
        for (Map.Entry<String, JsonElement> inner : MessageFields.of(entry).entrySet()) {
          OptionalLong number = MessageFields.number(inner.getValue());
          if (number.isPresent() && !inner.getKey().equals(entryTermPath)) {
            positions.addInEntry(inner.getKey(), id, number.getAsLong());
          }
        }
      }
    }
    return positions;
  }

  /** The number at the first entry of the log, which may not be a client's. */
  private long lowest(EntryFormat format, List<MessageSample> samples, long ofClients) {
    long lowest = ofClients;
    for (MessageSample sample : samples) {
      List<JsonElement> entries = entries(sample);
      if (!entries.isEmpty()) {
        lowest = Math.min(lowest, format.previousIndex(sample, entries).orElse(lowest));
      }
    }
    return lowest;
  }

  /** Heartbeats of another kind, without entries, use the same names. */
  private void shareFormats(RoleLearner roles) {
    EntryFormat known =
        formats.values().stream()
            .filter(each -> !each.isInEntry() && !each.positionPath().isEmpty())
            .filter(each -> !each.positionPath().contains("[")) // a place in a tuple is no name
            .findFirst()
            .orElse(null);
    if (known == null) {
      return;
    }
    for (String kind : roles.kinds(Role.APPEND)) {
      if (!formats.containsKey(kind)
          && TermLearner.numericPaths(messages.of(kind)).contains(known.positionPath())
          && terms.path(kind) != null
          && messages.of(kind).stream().allMatch(each -> entries(each).isEmpty())) {
        formats.put(kind, known);
      }
    }
  }

  // ---- their terms ----

  private void learnEntryTerm(RoleLearner roles) {
    Map<String, JsonElement> elements = new HashMap<>();
    for (String kind : roles.kinds(Role.APPEND)) {
      for (MessageSample sample : messages.of(kind)) {
        OptionalLong term = terms.of(sample);
        List<JsonElement> entries = entries(sample);
        for (int i = 0; i < entries.size() && term.isPresent(); i++) {
          String id = entries.get(i).toString();
          firstTerms.merge(id, term.getAsLong(), Math::min);
          elements.putIfAbsent(id, entries.get(i));
        }
      }
    }
    Map<String, Fit> equal = new TreeMap<>();
    Map<String, Set<Long>> values = new TreeMap<>();
    elements.forEach(
        (id, entry) -> {
          long first = firstTerms.getOrDefault(id, 0L);
          MessageFields.of(entry)
              .forEach(
                  (path, value) -> {
                    OptionalLong number = MessageFields.number(value);
                    if (number.isPresent()) {
                      values.computeIfAbsent(path, each -> new TreeSet<>()).add(number.getAsLong());
                      equal
                          .computeIfAbsent(path, each -> new Fit())
                          .add(number.getAsLong() == first);
                    }
                  });
        });
    double best = MIN_SHARE;
    for (Map.Entry<String, Fit> each : equal.entrySet()) {
      double complete = (double) each.getValue().total() / elements.size();
      double score = each.getValue().share() * complete + FieldNames.term(each.getKey());
      if (score > best) {
        best = score;
        entryTermPath = each.getKey();
      }
    }
  }

  /** The term of the only entry of a message is a field of the message. */
  private void learnFlatTerm(String kind) {
    Map<String, Fit> equal = new TreeMap<>();
    EntryFormat format = formats.get(kind);
    for (MessageSample sample : messages.of(kind)) {
      for (JsonElement entry : entries(sample)) {
        Long first = messages.isFromClient(entry) ? firstTerms.get(entry.toString()) : null;
        for (String path : TermLearner.numericPaths(List.of(sample))) {
          boolean isTaken =
              path.equals(terms.path(kind)) || format != null && path.equals(format.positionPath());
          if (first != null && !isTaken) {
            equal.computeIfAbsent(path, each -> new Fit()).add(sample.numberOrZero(path) == first);
          }
        }
      }
    }
    equal.values().removeIf(each -> !each.isProved());
    List<MessageSample> complete =
        messages.of(kind).stream()
            .filter(each -> equal.keySet().stream().allMatch(path -> each.number(path).isPresent()))
            .toList();
    equal.entrySet().stream()
        // The term of the entry before fits nearly as well, and is never higher.
        .max(
            Comparator.comparingDouble((Map.Entry<String, Fit> each) -> each.getValue().share())
                .thenComparingLong(each -> sum(complete, each.getKey())))
        .ifPresent(each -> flatTermPaths.put(kind, each.getKey()));
  }

  private static long sum(List<MessageSample> samples, String path) {
    return samples.stream().mapToLong(each -> each.numberOrZero(path)).sum();
  }
}
