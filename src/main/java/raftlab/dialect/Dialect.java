package raftlab.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * How the replicas of a run speak: which of their messages is a vote request, an append, and so on,
 * and what the fields mean. It is learned from the whole run, and tested against it: each {@link
 * Aspect} says how often the reading agreed with what happened. A reader must not conclude anything
 * from an aspect that isn't {@linkplain Certainty#PROVED proved}.
 */
public final class Dialect {
  /** A part of the reading that is tested by itself. */
  public enum Aspect {
    /** Terms of appends and vote requests. */
    TERMS("terms"),
    /** Vote requests, and replies that give a vote. */
    VOTES("votes"),
    /** The candidate's last index and last term. */
    CANDIDATE_LOG("the candidate's log"),
    /** Entries and their indices. */
    ENTRIES("entries and indices"),
    /** The leader's commit index. */
    COMMIT("commit index"),
    /** What a reply acknowledges. */
    ACKNOWLEDGEMENTS("acknowledgements");

    private final String text;

    Aspect(String text) {
      this.text = text;
    }

    /** Its name in words. */
    public String text() {
      return text;
    }
  }

  /** How sure a reading is. */
  public enum Certainty {
    /** Nothing fits. */
    UNKNOWN,
    /** It fits what was seen, which was little. */
    LIKELY,
    /** It agreed with many independent events of this run. */
    PROVED
  }

  private static final int MIN_ELECTIONS = 2;

  private final Map<String, Role> roles;
  private final Map<Aspect, Fit> fits;
  private final Map<Long, RaftMessageView> contents;
  private final List<FieldReading> fields;

  private Dialect(
      Map<String, Role> roles,
      Map<Aspect, Fit> fits,
      Map<Long, RaftMessageView> contents,
      List<FieldReading> fields) {
    this.roles = roles;
    this.fits = fits;
    this.contents = contents;
    this.fields = fields;
  }

  /** Learns from the messages of a run. Never fails. */
  public static Dialect of(Trace trace) {
    return new Learner(ReplicaMessages.of(trace)).learn();
  }

  /** The role of each kind of message. */
  public Map<String, Role> roles() {
    return Map.copyOf(roles);
  }

  /** The fields whose meaning was learned. */
  public List<FieldReading> fields() {
    return fields;
  }

  /** How sure the reading of an aspect is. */
  public Certainty certainty(Aspect aspect) {
    Fit fit = fits.getOrDefault(aspect, new Fit());
    if (aspect == Aspect.VOTES || aspect == Aspect.TERMS || aspect == Aspect.CANDIDATE_LOG) {
      boolean isProved = fit.agreed() >= MIN_ELECTIONS && 3 * fit.agreed() >= 2 * fit.total();
      return isProved
          ? Certainty.PROVED
          : 2 * fit.agreed() >= Math.max(1, fit.total()) ? Certainty.LIKELY : Certainty.UNKNOWN;
    }
    boolean isProved =
        aspect == Aspect.ENTRIES ? fit.agreed() >= 4 && fit.share() >= 0.9 : fit.isProved();
    return isProved ? Certainty.PROVED : fit.isLikely() ? Certainty.LIKELY : Certainty.UNKNOWN;
  }

  /** How often the reading of an aspect agreed with what happened: "12 of 13". */
  public String agreement(Aspect aspect) {
    return fits.getOrDefault(aspect, new Fit()).toString();
  }

  /** Whether appends and their terms were recognized, so that this reading can be used at all. */
  public boolean isUsable() {
    return roles.containsValue(Role.APPEND) && certainty(Aspect.TERMS) != Certainty.UNKNOWN;
  }

  /**
   * The content of a message with this number, indices counted from 1; {@link
   * RaftMessageView.Other} if it isn't understood.
   */
  public RaftMessageView read(long number) {
    RaftMessageView content = contents.get(number);
    return content == null ? new RaftMessageView.Other(RaftMessageView.UNKNOWN) : content;
  }

  /**
   * A field whose meaning was learned.
   *
   * @param kind the kind of message
   * @param path the field
   * @param meaning its meaning in the paper's words, with the base of its numbers
   */
  public record FieldReading(String kind, String path, String meaning) {}

  /** Learns the parts in the order in which they need each other. */
  private static final class Learner {
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

    Learner(ReplicaMessages messages) {
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
      Map<Aspect, Fit> fits = new TreeMap<>();
      fits.put(Aspect.TERMS, terms.fit());
      fits.put(Aspect.VOTES, votes.fit());
      fits.put(Aspect.ENTRIES, entries.fit());
      fits.put(Aspect.COMMIT, commits.fit());
      fits.put(Aspect.ACKNOWLEDGEMENTS, replies.fit());
      fits.put(Aspect.CANDIDATE_LOG, logs.fit());
      Map<Long, RaftMessageView> contents = new HashMap<>();
      for (MessageSample sample : messages.all()) {
        raiseTerm(sample.from(), terms.of(sample));
        MessageSample previous = sample.previous();
        if (previous != null) {
          raiseTerm(sample.from(), terms.of(previous));
        }
        contents.put(sample.sent().number(), read(sample));
      }
      return new Dialect(roles.roles(), fits, contents, fields());
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

    private List<FieldReading> fields() {
      List<FieldReading> all = new ArrayList<>();
      for (String kind : messages.kinds()) {
        add(all, kind, terms.path(kind), "term");
        EntryFormat format = entries.format(kind);
        if (format != null) {
          add(all, kind, format.listPath(), "entries");
          add(all, kind, format.positionPath(), "index before the entries" + base(format.offset()));
        }
        CommitLearner.Format commit = commits.format(kind);
        if (commit != null) {
          add(all, kind, commit.path(), "commit index" + base(commit.offset()));
        }
        add(all, kind, previousTerms.path(kind), "term of the entry before");
        CandidateLogLearner.Field last = logs.indexField(kind);
        if (last != null) {
          add(all, kind, last.path(), "last index" + base(-last.ofEmptyLog()));
        }
        CandidateLogLearner.Field lastTerm = logs.termField(kind);
        add(all, kind, lastTerm == null ? null : lastTerm.path(), "last term");
        VoteLearner.PreVoteFlag pre = votes.preVote(kind);
        add(all, kind, pre == null ? null : pre.path(), "pre-vote");
        ReplyOutcome rejection = replies.rejection(kind);
        if (rejection != null) {
          all.add(
              new FieldReading(
                  kind,
                  rejection.path() == null ? "type" : rejection.path(),
                  rejection.path() == null ? "rejected" : "rejected if " + rejection.value()));
        }
        add(all, kind, replies.echoPath(kind), "repeats a number of the append");
        ReplyLearner.Acknowledgement match = replies.acknowledgement(kind);
        if (match != null) {
          add(all, kind, match.path(), "acknowledged index" + base(match.offset()));
        }
        votes.grants().stream()
            .filter(each -> each.kind().equals(kind))
            .forEach(
                each ->
                    all.add(
                        new FieldReading(
                            kind,
                            each.path() == null ? "type" : each.path(),
                            each.path() == null
                                ? "vote granted"
                                : "vote granted if " + each.value())));
      }
      return List.copyOf(all);
    }

    private static String base(long offset) {
      return offset == 0 ? "" : offset > 0 ? " − " + offset : " + " + -offset;
    }

    private static void add(
        List<FieldReading> all, String kind, @Nullable String path, String meaning) {
      if (path != null && !path.isEmpty()) {
        all.add(new FieldReading(kind, path, meaning));
      }
    }
  }
}
