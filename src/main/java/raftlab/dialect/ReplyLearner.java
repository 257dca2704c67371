package raftlab.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/**
 * Learns what a reply to an append says (§5.3): which append it answers, whether the follower
 * accepted it, and up to which entry. After a rejection the leader's next append begins earlier.
 */
final class ReplyLearner {
  /** How a reply acknowledges entries: this number plus the offset is the last index. */
  record Acknowledgement(String path, long offset) {}

  private record Echo(String replyPath, String appendPath) {}

  private record Key(Id leader, Id follower, String appendPath, String value) {}

  private static final String MID = "MID";
  private static final double ECHO_SHARE = 0.97;
  private static final int MIN_ECHOES = 5;
  private static final double UNIQUE_SHARE = 0.7;
  private static final double MIN_SHARE = 0.75;
  private static final double NEGATIVE_HINT = 0.1;
  private static final double MIN_PROGRESS = 0.98;
  private static final int RECENT = 8;

  private final ReplicaMessages messages;
  private final TermLearner terms;
  private final AppendReader appends;
  private final Map<String, ReplyOutcome> rejections = new TreeMap<>();
  private final Map<String, Acknowledgement> acknowledgements = new TreeMap<>();
  private final Map<String, Echo> echoes = new TreeMap<>();
  private final Set<String> indexed = new HashSet<>();
  private final Map<Key, List<MessageSample>> byEcho = new HashMap<>();
  private final Map<MessageSample, MessageSample> next;
  private Fit fit = new Fit();

  ReplyLearner(
      ReplicaMessages messages, RoleLearner roles, TermLearner terms, AppendReader appends) {
    this.messages = messages;
    this.terms = terms;
    this.appends = appends;
    next = NextAppends.of(messages, appends);
    Set<String> kinds = new TreeSet<>(roles.kinds(Role.APPEND_REPLY));
    kinds.addAll(roles.kinds(Role.REPLY));
    for (String kind : kinds) {
      learnEcho(kind);
    }
    kinds.forEach(this::learnAcknowledgement); // as if all were accepted
    Set<String> accepting = new TreeSet<>(acknowledgements.keySet());
    dropRareKinds(accepting);
    for (String kind : kinds) {
      learnRejection(kind, accepting);
    }
    acknowledgements.clear();
    fit = new Fit();
    kinds.forEach(this::learnAcknowledgement);
    if (acknowledgements.isEmpty()) {
      kinds.forEach(this::learnByProgress);
      if (fit.share() < MIN_PROGRESS) {
        fit.ambiguous();
      }
    }
    for (String kind : roles.kinds(Role.APPEND_REPLY)) {
      for (MessageSample reply : messages.of(kind)) {
        if (isSuccess(reply) && matchIndex(reply) == RaftMessageView.UNKNOWN) {
          fit.add(false); // an acknowledgement of unknown entries
        }
      }
    }
  }

  /** How often a reply acknowledged the last entry of the append that it answered. */
  Fit fit() {
    return fit;
  }

  /** What a rejection is; null if none was seen. */
  @Nullable ReplyOutcome rejection(String kind) {
    return rejections.get(kind);
  }

  /** The field that acknowledges entries; null if there is none. */
  @Nullable Acknowledgement acknowledgement(String kind) {
    return acknowledgements.get(kind);
  }

  /** The field that repeats a number or the MID of the append; null if there is none. */
  @Nullable String echoPath(String kind) {
    Echo echo = echoes.get(kind);
    return echo == null ? null : echo.replyPath;
  }

  /** Whether a reply accepts the append. */
  boolean isSuccess(MessageSample reply) {
    ReplyOutcome rejection = rejections.get(reply.kind());
    return rejection == null || !rejection.matches(reply);
  }

  /** The append that a reply answers; null if that isn't known. */
  @Nullable MessageSample answered(MessageSample reply) {
    Echo echo = echoes.get(reply.kind());
    if (echo != null) {
      String value = value(reply, echo.replyPath);
      return value == null
          ? null
          : sameTermOrLatest(
              reply, byEcho.get(new Key(reply.to(), reply.from(), echo.appendPath, value)));
    }
    List<MessageSample> possible = possible(reply);
    if (possible.size() > 1) {
      possible = possible.stream().filter(this::hasEntries).toList();
    }
    return possible.size() == 1 ? possible.get(0) : null;
  }

  /** The last entry that a reply acknowledges; {@link RaftMessageView#UNKNOWN} if unknown. */
  long matchIndex(MessageSample reply) {
    Acknowledgement format = acknowledgements.get(reply.kind());
    if (format != null) {
      return Math.max(0, reply.numberOrZero(format.path) + format.offset);
    }
    RaftMessageView.Append append = appends.of(answered(reply));
    return append == null || append.prevIndex() < 0 ? RaftMessageView.UNKNOWN : append.end();
  }

  /** A leader may use a number again in a later term. */
  private @Nullable MessageSample sameTermOrLatest(
      MessageSample reply, @Nullable List<MessageSample> appends) {
    MessageSample latest = null;
    for (MessageSample each : appends == null ? List.<MessageSample>of() : appends) {
      boolean isBefore = each.deliveredMicros() <= reply.atMicros();
      OptionalLong term = terms.of(reply);
      boolean isSameTerm = term.isPresent() && term.equals(terms.of(each));
      if (isBefore && isSameTerm) {
        return each;
      }
      latest = isBefore ? each : latest;
    }
    return latest;
  }

  private List<MessageSample> possible(MessageSample reply) {
    return reply.answerable().stream().filter(each -> appends.of(each) != null).toList();
  }

  private boolean hasEntries(MessageSample sample) {
    RaftMessageView.Append append = appends.of(sample);
    return append != null && append.prevIndex() >= 0 && !append.isHeartbeat();
  }

  /** Of two kinds that seem to acknowledge, one that is rare may be the rejection. */
  private void dropRareKinds(Set<String> accepting) {
    int most = accepting.stream().mapToInt(kind -> messages.of(kind).size()).max().orElse(0);
    accepting.removeIf(kind -> 2 * messages.of(kind).size() < most && isFollowedByRepetition(kind));
  }

  /** Whether the leader's next append mostly begins before the end of the one that was answered. */
  private boolean isFollowedByRepetition(String kind) {
    Fit repeated = new Fit();
    for (MessageSample reply : messages.of(kind)) {
      RaftMessageView.Append append = appends.of(answered(reply));
      RaftMessageView.Append later = appends.of(next.get(reply));
      if (append != null && later != null && append.prevIndex() >= 0 && later.prevIndex() >= 0) {
        boolean isHeartbeat = append.isHeartbeat();
        repeated.add(
            later.prevIndex() < append.prevIndex()
                || !isHeartbeat && later.prevIndex() < append.end());
      }
    }
    return repeated.total() == 0 || repeated.share() >= 0.5;
  }

  // ---- which append it answers ----

  private static @Nullable String value(MessageSample sample, String path) {
    if (path.equals(MID)) {
      return sample.sent().message().mid();
    }
    return sample.fields().containsKey(path) ? sample.fields().get(path).toString() : null;
  }

  private void learnEcho(String kind) {
    Map<Echo, Fit> equal = new HashMap<>();
    Map<Echo, Set<String>> values = new HashMap<>();
    int all = 0;
    for (MessageSample reply : messages.of(kind)) {
      MessageSample append = reply.previous();
      if (append == null || !reply.answersOne() || appends.of(append) == null) {
        continue;
      }
      all++;
      Set<String> replyPaths = new HashSet<>(TermLearner.numericPaths(List.of(reply)));
      Set<String> appendPaths = new HashSet<>(TermLearner.numericPaths(List.of(append)));
      replyPaths.add(MID);
      appendPaths.add(MID);
      for (String replyPath : replyPaths) {
        String value = value(reply, replyPath);
        for (String appendPath : appendPaths) {
          if (value != null && value.equals(value(append, appendPath))) {
            Echo echo = new Echo(replyPath, appendPath);
            equal.computeIfAbsent(echo, each -> new Fit()).add(true);
            values.computeIfAbsent(echo, each -> new HashSet<>()).add(value);
          }
        }
      }
    }
    int most = all;
    equal.forEach(
        (echo, found) -> {
          boolean isUnique = values.getOrDefault(echo, Set.of()).size() >= MIN_ECHOES;
          if (most >= MIN_ECHOES
              && isUnique
              && found.agreed() >= ECHO_SHARE * most
              && identifiesAppends(echo.appendPath)) {
            echoes.putIfAbsent(kind, echo);
          }
        });
    Echo echo = echoes.get(kind);
    if (echo != null && indexed.add(echo.appendPath)) {
      for (MessageSample sample : messages.all()) {
        String value = appends.of(sample) == null ? null : value(sample, echo.appendPath);
        if (value != null) {
          byEcho
              .computeIfAbsent(
                  new Key(sample.from(), sample.to(), echo.appendPath, value),
                  key -> new ArrayList<>())
              .add(sample);
        }
      }
    }
  }

  /** Whether nearly each append to a replica has a value of its own there. */
  private boolean identifiesAppends(String path) {
    Set<Key> seen = new HashSet<>();
    int all = 0;
    for (MessageSample sample : messages.all()) {
      RaftMessageView.Append append = appends.of(sample);
      if (append != null) {
        String value = value(sample, path);
        all++;
        if (value != null) { // the numbers may start again in each term
          seen.add(new Key(sample.from(), sample.to(), path, append.term() + " " + value));
        }
      }
    }
    return seen.size() >= UNIQUE_SHARE * all;
  }

  // ---- whether it accepts ----

  private void learnRejection(String kind, Set<String> accepting) {
    Corrections.Field given = messages.corrections().field(kind, FieldMeaning.REJECTED);
    if (given != null) {
      rejections.put(kind, new ReplyOutcome(kind, given.path(), given.value()));
      return;
    }
    List<MessageSample> replies = messages.of(kind);
    ReplyOutcome best = null;
    double bestScore = 0;
    Map<MessageSample, Boolean> wentBack = wentBack(replies);
    long allBacks = wentBack.values().stream().filter(back -> back).count();
    for (ReplyOutcome outcome : ReplyOutcome.of(kind, replies)) {
      Fit back = new Fit();
      int others = 0;
      for (MessageSample reply : replies) {
        boolean isMeant = outcome.matches(reply);
        others += isMeant ? 0 : 1;
        Boolean isBack = wentBack.get(reply);
        if (isMeant && isBack != null) {
          back.add(isBack);
        }
      }
      boolean isWhole = outcome.path() == null;
      boolean isUsual = isWhole ? accepting.contains(kind) : others == 0;
      boolean isOnlyOther = isWhole && !accepting.isEmpty();
      double guess = isOnlyOther || !isWhole && outcome.isNegative() && others > 0 ? 0.45 : 0;
      double recall = allBacks == 0 ? 0 : (double) back.agreed() / allBacks;
      double shown = back.total() < 2 ? 0 : (back.share() + recall) / 2;
      double score =
          (back.agreed() > 0 ? shown : guess) + (outcome.isNegative() ? NEGATIVE_HINT : 0);
      if (!isUsual && score > bestScore) {
        best = outcome;
        bestScore = score;
      }
    }
    if (best != null && bestScore > 0.4) {
      rejections.put(kind, best);
    }
  }

  /** Whether the leader's next append begins earlier, for each reply that may show it. */
  private Map<MessageSample, Boolean> wentBack(List<MessageSample> replies) {
    Map<MessageSample, Boolean> wentBack = new HashMap<>();
    for (MessageSample reply : replies) {
      RaftMessageView.Append append = appends.of(answered(reply));
      RaftMessageView.Append later = appends.of(next.get(reply));
      if (append != null && later != null && append.prevIndex() > 0 && later.prevIndex() >= 0) {
        wentBack.put(reply, later.prevIndex() < append.prevIndex());
      }
    }
    return wentBack;
  }

  // ---- up to which entry ----

  /** The last entries of the appends that a reply may answer. */
  private Set<Long> ends(MessageSample reply) {
    MessageSample answered = answered(reply);
    Set<Long> ends = new HashSet<>();
    boolean isClear = answered != null && hasEntries(answered);
    for (MessageSample each : isClear ? List.of(answered) : reply.latest(RECENT)) {
      RaftMessageView.Append append = appends.of(each);
      if (append != null && hasEntries(each)) {
        ends.add(append.end());
      }
    }
    return ends;
  }

  private void learnAcknowledgement(String kind) {
    Corrections corrections = messages.corrections();
    String given = corrections.path(kind, FieldMeaning.MATCH_INDEX);
    if (given != null) {
      acknowledgements.put(kind, new Acknowledgement(given, corrections.offset(kind).orElse(0)));
    }
    double best = given == null ? MIN_SHARE : 0;
    Set<String> numbers = TermLearner.numericPaths(messages.of(kind));
    Fit chosen = new Fit();
    for (String path : messages.possible(kind, FieldMeaning.MATCH_INDEX, numbers)) {
      if (path.equals(terms.path(kind))) {
        continue;
      }
      Map<Long, Integer> offsets = new HashMap<>();
      Set<Long> ends = new HashSet<>();
      int all = 0;
      for (MessageSample reply : messages.of(kind)) {
        Set<Long> possible = isSuccess(reply) ? ends(reply) : Set.of();
        if (!possible.isEmpty()) {
          possible.forEach(end -> offsets.merge(end - reply.numberOrZero(path), 1, Integer::sum));
          ends.addAll(possible);
          all++;
        }
      }
      corrections.offset(kind).ifPresent(offset -> offsets.keySet().retainAll(Set.of(offset)));
      Map.Entry<Long, Integer> most =
          offsets.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
      if (most == null || ends.size() < 3) {
        continue;
      }
      Fit same = new Fit();
      for (int i = 0; i < all; i++) {
        same.add(i < most.getValue());
      }
      double score = same.share() + FieldNames.match(path);
      if (score > best && Math.abs(most.getKey()) <= 2) {
        best = score;
        acknowledgements.put(kind, new Acknowledgement(path, most.getKey()));
        chosen = same;
      }
    }
    fit.add(chosen);
  }

  /** Replies without an index: after an accepted append the next one begins after its entries. */
  private void learnByProgress(String kind) {
    for (MessageSample reply : messages.of(kind)) {
      RaftMessageView.Append append = appends.of(answered(reply));
      RaftMessageView.Append later = appends.of(next.get(reply));
      if (append != null
          && later != null
          && isSuccess(reply)
          && append.prevIndex() >= 0
          && later.prevIndex() >= 0
          && !append.isHeartbeat()) {
        fit.add(later.prevIndex() >= append.end());
      }
    }
  }
}
