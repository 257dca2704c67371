package raftlab.dialect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import raftlab.wire.Id;

/** Learns the parts of a {@link Dialect} in the order in which they need each other. */
final class DialectLearner {
  private final ReplicaMessages messages;
  private final RoleLearner roles;
  private final List<Election> elections;
  private final TermLearner terms;
  private final EntryLearner entries;
  private final PreviousTermLearner previousTerms;
  private final CommitLearner commits;
  private final AppendReader appends;
  private final VoteLearner votes;
  private final ReplyLearner replies;
  private final CandidateLogLearner logs;
  private final Map<Id, Long> latestTerms = new HashMap<>();
  private long highestEntry;

  DialectLearner(ReplicaMessages messages) {
    this.messages = messages;
    roles = new RoleLearner(messages);
    elections = roles.elections();
    terms = new TermLearner(messages, roles, elections);
    entries = new EntryLearner(messages, roles, terms);
    previousTerms = new PreviousTermLearner(messages, roles, terms, entries);
    commits = new CommitLearner(messages, roles, terms, entries, previousTerms);
    appends = new AppendReader(messages, roles, terms, entries, previousTerms, commits);
    votes = new VoteLearner(messages, roles, terms, elections);
    replies = new ReplyLearner(messages, roles, terms, appends);
    LogEnds ends = new LogEnds(messages, roles, appends, replies);
    logs = new CandidateLogLearner(messages, roles, terms, ends);
  }

  Dialect learn() {
    Map<Dialect.Aspect, Fit> fits = new TreeMap<>();
    fits.put(Dialect.Aspect.TERMS, terms.fit());
    fits.put(Dialect.Aspect.VOTES, votes.fit());
    fits.put(Dialect.Aspect.ENTRIES, entries.fit());
    fits.put(Dialect.Aspect.COMMIT, commits.fit());
    fits.put(Dialect.Aspect.ACKNOWLEDGEMENTS, replies.fit());
    fits.put(Dialect.Aspect.CANDIDATE_LOG, logs.fit());
    Map<Long, RaftMessageView> contents = new HashMap<>();
    Set<Long> withTerm = new HashSet<>();
    for (MessageSample sample : messages.all()) {
      raiseTerm(sample.from(), terms.of(sample));
      MessageSample previous = sample.previous();
      if (previous != null) {
        raiseTerm(sample.from(), terms.of(previous));
      }
      contents.put(sample.sent().number(), read(sample));
      if (terms.of(sample).isPresent()) {
        withTerm.add(sample.sent().number());
      }
    }
    Map<String, Integer> counts = new HashMap<>();
    messages.kinds().forEach(kind -> counts.put(kind, messages.of(kind).size()));
    FieldReadings fields =
        new FieldReadings(messages, terms, entries, previousTerms, commits, votes, replies, logs);
    Heartbeats heartbeats = Heartbeats.of(messages, roles, entries);
    return new Dialect(
        roles.roles(),
        fits,
        contents,
        withTerm,
        fields,
        counts,
        heartbeats,
        roles.isDoubtful(),
        votes.isExplicit(),
        commits.isAnchored(),
        messages);
  }

  private void raiseTerm(Id replica, OptionalLong term) {
    if (term.isPresent()) {
      latestTerms.merge(replica, term.getAsLong(), Math::max);
    }
  }

  private RaftMessageView read(MessageSample sample) {
    return switch (roles.roles().getOrDefault(sample.kind(), Role.OTHER)) {
      case APPEND -> {
        RaftMessageView.Append append = appends.of(sample);
        if (append != null && append.prevIndex() >= 0) {
          highestEntry = Math.max(highestEntry, append.end());
        }
        yield append == null ? other(sample) : append;
      }
      case VOTE_REQUEST, PRE_VOTE_REQUEST ->
          new RaftMessageView.VoteRequest(
              terms.of(sample).orElse(RaftMessageView.UNKNOWN),
              votes.isPreVote(sample),
              logs.lastIndex(sample),
              logs.lastTerm(sample));
      case INSTALL_SNAPSHOT -> install(sample);
      case VOTE_REPLY, PRE_VOTE_REPLY -> voteReply(sample);
      case APPEND_REPLY -> appendReply(sample);
      case REPLY ->
          votes.answered(sample) != null
              ? voteReply(sample)
              : appends.of(sample.previous()) != null ? appendReply(sample) : other(sample);
      case OTHER -> other(sample);
    };
  }

  private RaftMessageView other(MessageSample sample) {
    return new RaftMessageView.Other(terms.of(sample).orElse(RaftMessageView.UNKNOWN));
  }

  /** A snapshot may replace any entry that was sent so far. */
  private RaftMessageView install(MessageSample sample) {
    return new RaftMessageView.Install(
        terms.of(sample).orElse(latestTerms.getOrDefault(sample.from(), 0L)),
        highestEntry,
        RaftMessageView.UNKNOWN);
  }

  /** A vote is of the term that it was asked for, whatever term it carries. */
  private RaftMessageView voteReply(MessageSample reply) {
    MessageSample request = votes.answered(reply);
    if (request == null) {
      return other(reply);
    }
    OptionalLong asked = terms.of(request);
    boolean isGranted = votes.isGranted(reply);
    OptionalLong own = terms.of(reply);
    long term = (isGranted || own.isEmpty() ? asked : own).orElse(RaftMessageView.UNKNOWN);
    return new RaftMessageView.VoteReply(term, votes.isPreVote(request), isGranted);
  }

  private RaftMessageView appendReply(MessageSample reply) {
    // A reply without a term is of the latest term that its sender can know.
    Long latest = latestTerms.getOrDefault(reply.from(), RaftMessageView.UNKNOWN);
    OptionalLong term = terms.of(reply);
    boolean isSuccess = replies.isSuccess(reply);
    return new RaftMessageView.AppendReply(
        term.orElse(latest),
        RaftMessageView.UNKNOWN,
        isSuccess,
        isSuccess ? replies.matchIndex(reply) : RaftMessageView.UNKNOWN,
        RaftMessageView.UNKNOWN);
  }
}
