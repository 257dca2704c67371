package raftlab.dialect;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns which fields of a vote request are the last index and the last term of the candidate's log
 * (§5.4.1). In the first request of a run the log is empty: so its numbers are those of an empty
 * log.
 */
final class CandidateLogLearner {
  private static final double MIN_SHARE = 0.7;

  /** A field of a vote request, and the number that an empty log has. */
  record Field(String path, long ofEmptyLog) {}

  private final Map<String, Field> indexFields = new TreeMap<>();
  private final Map<String, Field> termFields = new TreeMap<>();
  private final Fit fit = new Fit();

  CandidateLogLearner(
      ReplicaMessages messages, RoleLearner roles, TermLearner terms, LogEnds ends) {
    for (Role role : List.of(Role.VOTE_REQUEST, Role.PRE_VOTE_REQUEST)) {
      for (String kind : roles.kinds(role)) {
        learn(kind, messages, terms.path(kind), ends);
      }
    }
  }

  private void learn(
      String kind, ReplicaMessages messages, @Nullable String termPath, LogEnds ends) {
    List<MessageSample> requests = Round.of(messages.of(kind)).stream().map(Round::first).toList();
    if (requests.isEmpty()) {
      return;
    }
    Field index = best(requests, messages, termPath, null, ends, true);
    if (index != null) {
      indexFields.put(kind, index);
      Field term = best(requests, messages, termPath, index.path, ends, false);
      if (term != null) {
        termFields.put(kind, term);
      }
    }
  }

  /** A field with the number of an empty log: as a file says, else that of the first request. */
  private static Field field(String path, List<MessageSample> requests, OptionalLong offset) {
    return new Field(
        path, offset.isPresent() ? -offset.getAsLong() : requests.get(0).numberOrZero(path));
  }

  private @Nullable Field best(
      List<MessageSample> requests,
      ReplicaMessages messages,
      @Nullable String termPath,
      @Nullable String taken,
      LogEnds ends,
      boolean isIndex) {
    Corrections corrections = messages.corrections();
    FieldMeaning meaning = isIndex ? FieldMeaning.LAST_INDEX : FieldMeaning.LAST_TERM;
    String kind = requests.get(0).kind();
    String given = corrections.path(kind, meaning);
    OptionalLong offset = corrections.offset(kind);
    Field best =
        given == null ? null : field(given, requests, isIndex ? offset : OptionalLong.empty());
    double bestScore = given == null ? MIN_SHARE : 0;
    Map<Field, Fit> fits = new LinkedHashMap<>();
    Set<Long> values = new HashSet<>();
    Set<String> numbers = TermLearner.numericPaths(requests);
    for (String path : messages.possible(kind, meaning, numbers)) {
      if (path.equals(termPath) || path.equals(taken)) {
        continue;
      }
      Field field = field(path, requests, isIndex ? offset : OptionalLong.empty());
      Fit same = compare(field, requests, ends, isIndex, values);
      fits.put(field, same);
      double score =
          same.share() + (isIndex ? FieldNames.lastIndex(path) : FieldNames.entryTerm(path));
      if (same.total() > 0 && score > bestScore) {
        best = field;
        bestScore = score;
      }
    }
    Fit chosen = best == null ? new Fit() : fits.getOrDefault(best, new Fit());
    if (chosen.total() > 0) {
      long equallyGood =
          fits.values().stream().filter(each -> each.share() >= chosen.share()).count();
      if (values.size() < 2 || equallyGood > 1) {
        chosen.ambiguous(); // it was always the same number, or several fields fit
      }
      fit.add(chosen);
    }
    return best;
  }

  private static Fit compare(
      Field field, List<MessageSample> requests, LogEnds ends, boolean isIndex, Set<Long> values) {
    Fit same = new Fit();
    for (MessageSample request : requests) {
      LogEnds.LogEnd end = ends.before(request);
      if (end != null && (isIndex || end.term() >= 0)) {
        long number = request.numberOrZero(field.path);
        same.add(isIndex ? number - field.ofEmptyLog == end.index() : number == end.term());
        values.add(isIndex ? end.index() : end.term());
      }
    }
    return same;
  }

  /** How often the fields were what the candidate's earlier messages show. */
  Fit fit() {
    return fit;
  }

  /** The field of the last index; null if it isn't known. */
  @Nullable Field indexField(String kind) {
    return indexFields.get(kind);
  }

  /** The field of the last term; null if it isn't known. */
  @Nullable Field termField(String kind) {
    return termFields.get(kind);
  }

  /** The last index of the candidate's log; {@link RaftMessageView#UNKNOWN} if unknown. */
  long lastIndex(MessageSample request) {
    Field field = indexFields.get(request.kind());
    return field == null
        ? RaftMessageView.UNKNOWN
        : Math.max(0, request.numberOrZero(field.path) - field.ofEmptyLog);
  }

  /** The last term of the candidate's log; {@link RaftMessageView#UNKNOWN} if unknown. */
  long lastTerm(MessageSample request) {
    Field field = termFields.get(request.kind());
    if (field == null) {
      return RaftMessageView.UNKNOWN;
    }
    return lastIndex(request) == 0 ? 0 : request.numberOrZero(field.path);
  }
}
