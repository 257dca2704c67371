package raftlab.judge.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.VoteRequest;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.FirstViolations;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A leader has the votes of a majority when it sends its first AppendEntries of a term (§5.2). A
 * vote is a message, whatever it looks like: so since its first request in that term it must have
 * received messages of enough replicas.
 */
final class ElectionRule extends ProtocolRule {
  private record Candidacy(Id candidate, long term) {}

  private final int replicas;
  private final Map<Candidacy, Event.Sent> requests = new HashMap<>();
  private final Map<Candidacy, Set<Id>> answered = new HashMap<>();
  private final Map<Id, Candidacy> latest = new HashMap<>();
  private final Set<Candidacy> leaders = new HashSet<>();

  ElectionRule(int replicas) {
    super(1);
    this.replicas = replicas;
  }

  @Override
  boolean isUnderstood(Dialect dialect) {
    return dialect.certainty(Aspect.TERMS) == Certainty.PROVED
        && dialect.certainty(Aspect.VOTES) != Certainty.UNKNOWN;
  }

  @Override
  void started(Id replica) {
    latest.remove(replica);
  }

  @Override
  void delivered(Event.Sent sent, RaftMessageView content) {
    Candidacy candidacy = latest.get(sent.to());
    if (candidacy != null) {
      answered.computeIfAbsent(candidacy, each -> new HashSet<>()).add(sent.from());
    }
  }

  @Override
  void sent(Event.Sent sent, RaftMessageView content) {
    if (content instanceof VoteRequest request && request.term() > 0) {
      Candidacy candidacy = new Candidacy(sent.from(), request.term());
      if (requests.putIfAbsent(candidacy, sent) == null) {
        latest.put(sent.from(), candidacy);
      }
    } else if (content instanceof Append append && append.term() > 0) {
      leads(sent, new Candidacy(sent.from(), append.term()));
    }
  }

  private void leads(Event.Sent sent, Candidacy candidacy) {
    Event.Sent request = requests.get(candidacy);
    if (!leaders.add(candidacy) || request == null) {
      return;
    }
    int had = 1 + answered.getOrDefault(candidacy, Set.of()).size();
    int majority = replicas / 2 + 1;
    if (had >= majority) {
      keep();
    } else {
      FirstViolations breaches = breach();
      breaches.violated(
          Invariant.PROTOCOL,
          KnownMistake.ELECTED_BY_HALF,
          List.of(sent.from()),
          Evidence.of(request, sent),
          "replica %s led term %d when it could have the votes of at most %d of %d replicas, its own"
              + " included; a majority is %d",
          sent.from(),
          candidacy.term,
          had,
          replicas,
          majority);
    }
  }
}
