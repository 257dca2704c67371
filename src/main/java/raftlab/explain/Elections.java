package raftlab.explain;

import java.util.Locale;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Who becomes leader has the votes of a majority of the members. */
final class Elections implements Detector {
  private final Scene scene;
  private final Clues clues;
  private boolean readsVotes;

  Elections(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    readsVotes |= letter.said() instanceof Said.VoteReply vote && vote.granted() && !vote.preVote();
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof RoleChanged now && now.role() == Role.LEADER) {
      won(who, now.term(), event);
    }
  }

  private void won(Subject who, long term, Event event) {
    if (!scene.knowsVoters(who)) {
      return;
    }
    int majority = scene.majority(who);
    int votes = scene.voters(who).contains(who.id) ? 1 : 0;
    for (Id other : scene.otherVoters(who)) {
      votes += who.votes(term).contains(other) ? 1 : 0;
    }
    int given = 1 + who.votes(term).size();
    if (votes >= majority) {
      clues.kept("elected-by-half", "removed-still-counts");
    }
    if (votes >= majority || !readsVotes && majority > 1 && !who.reports) {
      return;
    }
    String name = given >= majority ? "removed-still-counts" : "elected-by-half";
    if (clues.isNew(name)) {
      String text =
          String.format(
              Locale.ROOT,
              "Replica %s became leader of term %d %s with %d vote%s, its own included, of %d"
                  + " members: %d are a majority; ",
              who.id,
              term,
              scene.at(event.atMicros()),
              votes,
              votes == 1 ? "" : "s",
              scene.voters(who).size(),
              majority);
      clues.certain(
          event.atMicros(),
          name,
          given >= majority ? "§6" : "§5.2",
          text
              + (given >= majority
                  ? "votes of replicas that were removed, or don't vote yet, don't count."
                  : "more than half of all members must vote for it, not half, and not half of"
                      + " those that answer."),
          event);
    }
  }
}
