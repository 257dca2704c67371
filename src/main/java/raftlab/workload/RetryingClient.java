package raftlab.workload;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A client that sends given operations, several at once if need be, and retries each until it is
 * done. Its {@link LeaderHint} chooses the replica; while no replica can be reached it waits.
 *
 * <p>An ok to an earlier request than the last still counts, since the operation is done then. A
 * late fail or redirect is ignored.
 */
public final class RetryingClient {
  /** The pause before it checks again whether a replica can be reached. */
  private static final long LOOK_MICROS = 100_000;

  private static final int MID_LENGTH = 16;

  /**
   * The behaviour of a client.
   *
   * @param sessions whether each request carries {@code client} and {@code seq}, which stay the
   *     same in a retry
   * @param patienceMillis the timeout, after which it sends its request again, to another replica
   *     if there is one; empty for none
   */
  public record Manner(boolean sessions, OptionalLong patienceMillis) {}

  private final Id id;
  private final Manner manner;
  private final RequestSender requests;
  private final RandomGenerator random;
  private final OperationCounter tally;
  private final LeaderHint compass;
  private final SessionAllocator sessions;
  private final Map<String, ClientOperation> asked =
      new HashMap<>(); // by message ID; only looked up

  /** The operations of named sessions, each by its first request. */
  private final Map<SessionAllocator.Place, ClientOperation> named = new HashMap<>();

  /**
   * Creates a client that hasn't sent anything yet.
   *
   * @param random its own generator; any other use would change its behaviour
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
   * Starts an operation.
   *
   * @param to the replica that is asked first, dead or alive; null for the leader that the last
   *     answer named, or else any
   * @param follow whether it is retried after a redirect, a fail and a timeout until it is done; if
   *     not, the first answer ends it
   * @param then is called once, when the operation is over
   */
  public ClientOperation ask(
      OperationRequest wanted, Id to, boolean follow, Consumer<ClientOperation> then) {
    ClientOperation operation = new ClientOperation(id, wanted, follow, then);
    send(operation, to != null ? to : compass.next());
    return operation;
  }

  /**
   * Starts an operation in a named session. A second call with the same session and number is a
   * retry of the same operation.
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

  /** Handles an answer. Ignores answers to requests that it doesn't wait for. */
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
