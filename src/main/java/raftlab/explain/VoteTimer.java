package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Whoever gives its vote waits a whole election timeout before it stands itself. */
final class VoteTimer implements Detector {
  private static final int MANY = 2;

  /** No election timer is shorter: a wait that seems so shows nothing. */
  private static final long LEAST_MICROS = 50_000;

  /**
   * A wait after a vote is hasty if it is less than one so manieth of the shortest for a leader.
   */
  private static final int FRACTION = 4;

  private final Scene scene;
  private final Clues clues;
  private final Map<Id, Long> heardAt = new HashMap<>();
  private final Map<Id, Event.Reported> votes = new HashMap<>();

  /** The shortest time for which anybody has waited for a leader. */
  private long shortest = Long.MAX_VALUE;

  private long hastyWait = Long.MAX_VALUE;
  private int hasty;
  private Event.Reported hastyVote;
  private Event.Reported hastyStand;

  VoteTimer(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void started(Subject who, boolean again, Event.Started event) {
    heardAt.remove(who.id);
    votes.remove(who.id);
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    boolean isLeader =
        letter.said() instanceof Said.Append || letter.said() instanceof Said.Install;
    if (isLeader && letter.said().term() >= to.term) {
      heardAt.put(to.id, event.atMicros());
      votes.remove(to.id);
    }
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof Voted vote && !vote.candidate().equals(who.id)) {
      votes.put(who.id, event);
    } else if (change instanceof RoleChanged now
        && (now.role() == Role.PRE_CANDIDATE || now.role() == Role.CANDIDATE)) {
      if (who.role == Role.FOLLOWER) {
        stands(who, event);
      }
      votes.remove(who.id);
      heardAt.remove(who.id);
    }
  }

  private void stands(Subject who, Event.Reported event) {
    Event.Reported vote = votes.get(who.id);
    Long heard = heardAt.get(who.id);
    if (vote != null && vote.atMicros() > who.troubledAt) {
      long waited = event.atMicros() - vote.atMicros();
      if (waited < hastyWait) {
        hastyWait = waited;
        hastyVote = vote;
        hastyStand = event;
      }
      hasty += waited < shortest / FRACTION ? 1 : 0;
    } else if (heard != null && heard > who.troubledAt) {
      shortest = Math.min(shortest, event.atMicros() - heard);
    }
  }

  @Override
  public void ended(long atMicros) {
    boolean isKnown = shortest >= LEAST_MICROS && shortest < Long.MAX_VALUE;
    if (hasty < MANY || !isKnown || hastyWait > shortest / FRACTION) {
      return;
    }
    clues.likely(
        hastyStand.atMicros(),
        "vote-does-not-reset-timer",
        "§5.2",
        String.format(
            Locale.ROOT,
            "Replica %s gave its vote away and stood for election itself %s later, %s, though nobody"
                + " else waits for a leader for less than %s: giving a vote begins a new election"
                + " timeout.",
            hastyStand.replica(),
            Scene.lasting(hastyWait),
            scene.at(hastyStand.atMicros()),
            Scene.lasting(shortest)),
        hastyVote,
        hastyStand);
  }
}
