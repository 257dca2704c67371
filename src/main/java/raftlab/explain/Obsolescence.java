package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Who hears of a later term adopts it, and leads or stands no more. */
final class Obsolescence implements Detector {
  /** What a replica hears takes effect within this time, whatever it is busy with. */
  private static final long PATIENCE_MICROS = 500_000;

  /** A later term that a replica has heard of. */
  private record Heard(long term, Letter letter, Event.Delivered event) {}

  private final Scene scene;
  private final Clues clues;
  private final Map<Id, Heard> heard = new HashMap<>();
  private final Map<Id, Integer> ignored = new HashMap<>();

  Obsolescence(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void started(Subject who, boolean again, Event.Started event) {
    heard.remove(who.id);
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    Said said = letter.said();
    if (!to.isUp || !(isOfLeaderOrAnswer(said) || to.isCandidate() && isTermOf(letter))) {
      return;
    }
    Heard before = heard.get(to.id);
    if (before == null || said.term() > before.term) {
      heard.put(to.id, new Heard(said.term(), letter, event));
    }
  }

  /** These bind everybody; a request for a vote may be ignored by one who hears a leader. */
  private static boolean isOfLeaderOrAnswer(Said said) {
    return said instanceof Said.Append
        || said instanceof Said.AppendReply
        || said instanceof Said.Install
        || said instanceof Said.VoteReply vote && !vote.preVote();
  }

  /** Whether the sender is in the term that it tells: who canvasses may tell that of its wishes. */
  private boolean isTermOf(Letter letter) {
    Said said = letter.said();
    Subject sender = scene.subject(letter.from());
    boolean isInIt = sender != null && sender.term >= said.term();
    return said instanceof Said.VoteRequest request && !request.preVote() || isInIt;
  }

  @Override
  public void sent(Subject from, Letter letter) {
    Said said = letter.said();
    boolean tells =
        said instanceof Said.Append
            || said instanceof Said.AppendReply
            || said instanceof Said.Install
            || said instanceof Said.VoteRequest;
    Heard later = heard.get(from.id);
    if (!tells || later == null || said.term() == Said.UNKNOWN || said.term() >= later.term) {
      return;
    }
    long since = Math.max(later.event.atMicros(), from.troubledAt);
    if (letter.sent().atMicros() - since > PATIENCE_MICROS
        && ignored.merge(from.id, 1, Integer::sum) == 2) {
      accuse(from, later, letter);
    }
  }

  private void accuse(Subject who, Heard later, Letter letter) {
    boolean leads = letter.said() instanceof Said.Append || letter.said() instanceof Said.Install;
    boolean stands = letter.said() instanceof Said.VoteRequest || who.isCandidate();
    String name = leads ? "leader-stays" : stands ? "candidate-stays" : "ignores-later-term";
    if (clues.isNew(name)) {
      clues.add(
          scene.handlesAtOnce() ? Certainty.CERTAIN : Certainty.LIKELY,
          later.event.atMicros(),
          name,
          "§5.1",
          String.format(
              Locale.ROOT,
              "Replica %s heard of term %d from %s %s, and %s in term %d: whoever sees a later term"
                  + " than its own adopts it and becomes a follower at once.",
              who.id,
              later.term,
              later.letter.from(),
              scene.at(later.event.atMicros()),
              leads ? "still led" : stands ? "still stood for election" : "still acted",
              letter.said().term()),
          later.letter.sent(),
          letter.sent());
    }
  }
}
