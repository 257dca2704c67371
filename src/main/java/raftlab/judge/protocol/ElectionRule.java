package raftlab.judge.protocol;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A leader has the votes of a majority when it sends its first append of a term (§5.2). */
final class ElectionRule extends ProtocolRule {
  private record Candidacy(Id candidate, long term) {}

  private final int replicas;
  private final Map<Candidacy, Set<Id>> votes = new HashMap<>();
  private final Set<Candidacy> leaders = new HashSet<>();

  ElectionRule(int replicas) {
    this.replicas = replicas;
  }

  @Override
  Set<Aspect> needed() {
    return EnumSet.of(Aspect.TERMS, Aspect.VOTES);
  }

  @Override
  void delivered(Event.Sent sent, RaftMessageView content) {
    if (content.isVote()) {
      votes
          .computeIfAbsent(new Candidacy(sent.to(), content.term()), each -> new HashSet<>())
          .add(sent.from());
    }
  }

  @Override
  void sent(Event.Sent sent, RaftMessageView content, int life) {
    if (!(content instanceof Append append) || append.term() < 1) {
      return;
    }
    Candidacy candidacy = new Candidacy(sent.from(), append.term());
    if (leaders.add(candidacy)) {
      int had = 1 + votes.getOrDefault(candidacy, Set.of()).size();
      int majority = replicas / 2 + 1;
      if (had >= majority) {
        keep();
      } else {
        breach()
            .violated(
                Invariant.PROTOCOL,
                KnownMistake.ELECTED_BY_HALF,
                List.of(sent.from()),
                Evidence.of(sent),
                "replica %s led term %d with %d vote%s, its own included, of %d replicas; a majority"
                    + " is %d",
                sent.from(),
                append.term(),
                had,
                had == 1 ? "" : "s",
                replicas,
                majority);
      }
    }
  }
}
