package raftlab.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  private record Key(Id leader, Id follower, String value) {}

  private static final String MID = "MID";
  private static final double ECHO_SHARE = 0.97;
  private static final double UNIQUE_SHARE = 0.7;
  private static final double MIN_SHARE = 0.75;
  private static final int RECENT = 8;

  private final ReplicaMessages messages;
  private final TermLearner terms;
  private final AppendReader appends;
  private final Map<String, ReplyOutcome> rejections = new TreeMap<>();
  private final Map<String, Acknowledgement> acknowledgements = new TreeMap<>();
  private final Map<String, Echo> echoes = new TreeMap<>();
  private final Map<Key, MessageSample> byEcho = new HashMap<>();
  private final Map<MessageSample, MessageSample> next = new HashMap<>();
  private Fit fit = new Fit();

  ReplyLearner(
      ReplicaMessages messages, RoleLearner roles, TermLearner terms, AppendReader appends) {
    this.messages = messages;
    this.terms = terms;
    this.appends = appends;
    Set<String> kinds = new TreeSet<>(roles.kinds(Role.APPEND_REPLY));
    kinds.addAll(roles.kinds(Role.REPLY));
    indexNextAppends();
    for (String kind : kinds) {
      learnEcho(kind);
    }
    kinds.forEach(this::learnAcknowledgement); // as if all were accepted
    Set<String> accepting = new TreeSet<>(acknowledgements.keySet());
    for (String kind : kinds) {
      learnRejection(kind, accepting);
    }
    acknowledgements.clear();
    fit = new Fit();
    kinds.forEach(this::learnAcknowledgement);
    if (acknowledgements.isEmpty()) {
      kinds.forEach(this::learnByProgress);
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

  /** Whether replies repeat a number or the ID of the append that they answer. */
  boolean echoes(String kind) {
    return echoes.containsKey(kind);
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
      return value == null ? null : byEcho.get(new Key(reply.to(), reply.from(), value));
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

  private List<MessageSample> possible(MessageSample reply) {
    return reply.answerable().stream().filter(each -> appends.of(each) != null).toList();
  }

  private boolean hasEntries(MessageSample sample) {
    RaftMessageView.Append append = appends.of(sample);
    return append != null && append.prevIndex() >= 0 && !append.isHeartbeat();
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
          // Nearly each message has a value of its own.
          boolean isUnique = values.getOrDefault(echo, Set.of()).size() >= 0.5 * most;
          if (most >= 5
              && isUnique
              && found.agreed() >= ECHO_SHARE * most
              && identifiesAppends(echo.appendPath)) {
            echoes.putIfAbsent(kind, echo);
          }
        });
    Echo echo = echoes.get(kind);
    if (echo != null) {
      for (MessageSample sample : messages.all()) {
        String value = appends.of(sample) == null ? null : value(sample, echo.appendPath);
        if (value != null) {
          byEcho.put(new Key(sample.from(), sample.to(), value), sample);
        }
      }
    }
  }

  /** Whether nearly each append to a replica has a value of its own there. */
  private boolean identifiesAppends(String path) {
    Set<Key> seen = new HashSet<>();
    int all = 0;
    for (MessageSample sample : messages.all()) {
      if (appends.of(sample) != null) {
        String value = value(sample, path);
        all++;
        if (value != null) {
          seen.add(new Key(sample.from(), sample.to(), value));
        }
      }
    }
    return seen.size() >= UNIQUE_SHARE * all;
  }

  // ---- whether it accepts ----

  private record Link(Id from, Id to) {}

  /** After each append and reply: the next append of that leader to that follower. */
  private void indexNextAppends() {
    Map<Link, List<MessageSample>> waiting = new HashMap<>();
    for (MessageSample sample : messages.all()) {
      if (appends.of(sample) != null) {
        List<MessageSample> replies =
            waiting.computeIfAbsent(
                new Link(sample.from(), sample.to()), link -> new ArrayList<>());
        replies.removeIf(
            reply -> {
              boolean isBefore = reply.deliveredMicros() <= sample.atMicros();
              if (isBefore) {
                next.put(reply, sample);
              }
              return isBefore;
            });
      } else if (sample.previous() != null && appends.of(sample.previous()) != null) {
        waiting
            .computeIfAbsent(new Link(sample.to(), sample.from()), link -> new ArrayList<>())
            .add(sample);
      }
    }
  }

  private void learnRejection(String kind, Set<String> accepting) {
    List<MessageSample> replies = messages.of(kind);
    ReplyOutcome best = null;
    double bestScore = 0;
    for (ReplyOutcome outcome : ReplyOutcome.of(kind, replies)) {
      Fit back = new Fit();
      int others = 0;
      for (MessageSample reply : replies) {
        if (!outcome.matches(reply)) {
          others++;
          continue;
        }
        RaftMessageView.Append append = appends.of(answered(reply));
        RaftMessageView.Append later = appends.of(next.get(reply));
        if (append != null && later != null && append.prevIndex() > 0 && later.prevIndex() >= 0) {
          back.add(later.prevIndex() < append.prevIndex());
        }
      }
      boolean isWhole = outcome.path() == null;
      boolean isUsual = isWhole ? accepting.contains(kind) : others == 0;
      boolean isOnlyOther = isWhole && !accepting.isEmpty();
      double guess = isOnlyOther || !isWhole && outcome.isNegative() && others > 0 ? 0.45 : 0;
      double score = Math.max(back.total() < 2 ? 0 : back.share(), back.share() > 0 ? 0 : guess);
      if (!isUsual && score > bestScore) {
        best = outcome;
        bestScore = score;
      }
    }
    if (best != null && bestScore > 0.4) {
      rejections.put(kind, best);
    }
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
    double best = MIN_SHARE;
    for (String path : TermLearner.numericPaths(messages.of(kind))) {
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
        fit = fit.total() > same.total() ? fit : same;
      }
    }
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
