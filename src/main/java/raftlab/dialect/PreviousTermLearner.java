package raftlab.dialect;

import com.google.gson.JsonElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns which field of an append is the term of the entry before its entries (prevLogTerm, §5.3):
 * it equals the term of the entry that was sent for that index.
 */
final class PreviousTermLearner {
  private static final double MIN_SHARE = 0.85;

  private final EntryLearner entries;
  private final Map<String, String> paths = new TreeMap<>();

  PreviousTermLearner(
      ReplicaMessages messages, RoleLearner roles, TermLearner terms, EntryLearner entries) {
    this.entries = entries;
    for (String kind : roles.kinds(Role.APPEND)) {
      learn(kind, messages, terms.path(kind));
    }
  }

  /** The path of the field; null if it isn't known. */
  @Nullable String path(String kind) {
    return paths.get(kind);
  }

  /** The term of the entry before; 0 before the first one; empty if it isn't known. */
  OptionalLong of(MessageSample sample) {
    OptionalLong previous = entries.previousIndex(sample);
    if (previous.isEmpty() || previous.getAsLong() == 0) {
      return previous;
    }
    String path = paths.get(sample.kind());
    return path == null ? OptionalLong.empty() : sample.number(path);
  }

  private static Set<String> possible(String kind, MessageSample sample, ReplicaMessages messages) {
    return messages.possible(
        kind, FieldMeaning.PREVIOUS_TERM, TermLearner.numericPaths(List.of(sample)));
  }

  private void learn(String kind, ReplicaMessages messages, @Nullable String termPath) {
    EntryFormat format = entries.format(kind);
    if (format == null) {
      return;
    }
    String given = messages.corrections().path(kind, FieldMeaning.PREVIOUS_TERM);
    if (given != null) {
      paths.put(kind, given);
      return;
    }
    Map<String, Fit> fits = new TreeMap<>();
    Map<Long, Long> termAt = new HashMap<>();
    for (MessageSample sample : messages.of(kind)) {
      OptionalLong previous = entries.previousIndex(sample);
      if (previous.isEmpty()) {
        continue;
      }
      Long known = termAt.get(previous.getAsLong());
      if (known != null) {
        for (String path : possible(kind, sample, messages)) {
          if (!path.equals(termPath) && !path.equals(format.positionPath())) {
            fits.computeIfAbsent(path, each -> new Fit()).add(sample.numberOrZero(path) == known);
          }
        }
      }
      long index = previous.getAsLong();
      for (JsonElement entry : entries.entries(sample)) {
        index++;
        OptionalLong term = entries.termOf(entry);
        if (term.isPresent()) {
          termAt.put(index, term.getAsLong());
        }
      }
    }
    double best = MIN_SHARE;
    for (Map.Entry<String, Fit> each : fits.entrySet()) {
      double score = each.getValue().share() + FieldNames.entryTerm(each.getKey());
      if (score > best) {
        best = score;
        paths.put(kind, each.getKey());
      }
    }
  }
}
