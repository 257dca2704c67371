package raftlab.workload;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * One client beyond the course's: asks for whatever it is told to, for several things at once if
 * need be, each until it is done. Where it turns after a redirect or a fail is up to its {@link
 * LeaderHint}; while no replica can be reached it waits for one.
 *
 * <p>An ok that comes under an earlier message ID than the last still counts: what was asked for is
 * done. A fail or redirect that comes so late says nothing any more.
 */
public final class RetryingClient {
  /** The pause before it looks again whether any replica can be reached. */
  private static final long LOOK_MICROS = 100_000;

  private static final int MID_LENGTH = 16;

  /**
   * How a client behaves.
   *
   * @param sessions whether each of its requests carries {@code client} and {@code seq}, which stay
   *     over a retry
   * @param patienceMillis after so long without an answer it sends its request again, to another
   *     replica if there is one; empty: it waits for ever
   */
  public record Manner(boolean sessions, OptionalLong patienceMillis) {}

  private final Id id;
  private final Manner manner;
  private final RequestSender requests;
  private final RandomGenerator random;
  private final OperationCounter tally;
  private final LeaderHint compass;
  private final SessionAllocator sessions;
  private final Map<String, ClientOperation> asked = new HashMap<>(); // by MID; only looked up

  /** Those of sessions that were named, each by its first request. */
  private final Map<SessionAllocator.Place, ClientOperation> named = new HashMap<>();

  /**
   * A client that hasn't asked for anything yet.
   *
   * @param random its own: whatever else draws from it changes what it does
   * @param tally counts its operations
   */
  public RetryingClient(
      Id id,
      Manner manner,
      RequestSender requests,
      RandomGenerator random,
      OperationCounter tally) {
    this.id = id;
    this.manner = manner;
    this.requests = requests;
    this.random = random;
    this.tally = tally;
    this.compass = new LeaderHint(requests, random);
    this.sessions = new SessionAllocator(id);
  }

  /**
   * Asks for something.
   *
   * @param to who is asked first, dead or alive; null for the replica that the last answer named as
   *     the leader, or else any
   * @param follow whether it is asked for again after a redirect, a fail, and after its patience,
   *     until it is done; if not, whatever answer comes first is the last word
   * @param then is called once, when it is over
   */
  public ClientOperation ask(
      OperationRequest wanted, Id to, boolean follow, Consumer<ClientOperation> then) {
    ClientOperation operation = new ClientOperation(id, wanted, follow, then);
    send(operation, to != null ? to : compass.next());
    return operation;
  }

  /**
   * Asks for something in a session that is named, not one of the client's own. Who gives the same
   * number of a session again asks again for the same: that is one more request of one operation.
   *
   * @param seq its number in the session, from 1
   */
  public ClientOperation askIn(
      String session,
      long seq,
      OperationRequest wanted,
      Id to,
      boolean follow,
      Consumer<ClientOperation> then) {
    ClientOperation operation = new ClientOperation(id, wanted, follow, then);
    operation.place(SessionAllocator.Place.named(session, seq));
    ClientOperation first = named.putIfAbsent(operation.place(), operation);
    if (first != null && first.hasBegun()) {
      operation.begin(first.number());
    }
    send(operation, to != null ? to : compass.next());
    return operation;
  }

  private void send(ClientOperation operation, Id replica) {
    if (operation.isOver()) {
      return;
    }
    if (replica == null) {
      requests.later(LOOK_MICROS, () -> send(operation, compass.next()));
      return;
    }
    String mid = RandomText.letters(random, MID_LENGTH);
    asked.put(mid, operation);
    operation.ask(mid, replica);
    if (operation.hasBegun()) {
      requests.sendAgain(operation.request(mid, replica, compass.leader()), operation.number());
    } else {
      begin(operation, mid, replica);
    }
    if (operation.follow() && manner.patienceMillis().isPresent()) {
      long patience = manner.patienceMillis().getAsLong() * 1000;
      requests.later(patience, () -> losePatience(operation, mid));
    }
  }

  private void begin(ClientOperation operation, String mid, Id replica) {
    if (manner.sessions()) {
      operation.place(sessions.enter());
    }
    operation.begin(requests.send(operation.request(mid, replica, compass.leader())));
    tally.began(operation);
  }

  private void losePatience(ClientOperation operation, String mid) {
    if (operation.awaits(mid)) {
      operation.abandon();
      RetryPolicy.Next next = operation.attempts().after(RetryPolicy.Outcome.SILENT);
      compass.again(next, () -> send(operation, compass.next(next, operation.asked())));
    }
  }

  /** An answer came. Answers to requests that it doesn't wait for are no concern of its. */
  public void receive(Message answer) {
    ClientOperation operation = asked.remove(answer.mid());
    if (operation == null) {
      return;
    }
    RetryPolicy.Outcome outcome = compass.outcome(answer, operation.asked());
    boolean settled = outcome == RetryPolicy.Outcome.SETTLED;
    if (settled || operation.awaits(answer.mid())) {
      compass.heard(answer);
      if (settled || !operation.follow()) {
        end(operation, answer);
      } else {
        operation.abandon();
        RetryPolicy.Next next = operation.attempts().after(outcome);
        compass.again(next, () -> send(operation, compass.next(next, operation.asked())));
      }
    }
  }

  private void end(ClientOperation operation, Message answer) {
    operation.mids().forEach(asked::remove);
    if (operation.place() != null && operation.place().isOwn()) {
      sessions.leave(operation.place());
    }
    operation.end(answer);
    tally.over(operation);
    operation.tell();
  }
}
