package raftlab.workload;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
  private static final long UNREACHABLE_POLL_MICROS = 100_000;

  private static final int MID_LENGTH = 16;

  /**
   * The behaviour of a client.
   *
   * @param sessions whether each request carries {@code client} and {@code seq}, which stay the
   *     same in a retry
   * @param timeoutMillis the timeout, after which it sends its request again, to another replica if
   *     there is one; empty for none
   */
  public record RetryBehavior(boolean sessions, OptionalLong timeoutMillis) {}

  private final Id id;
  private final RetryBehavior behavior;
  private final RequestTransport requests;
  private final RandomGenerator random;
  private final OperationCounter operationCounter;
  private final LeaderHint leaderHint;
  private final SessionAllocator sessions;
  private final Map<String, ClientOperation> operationsByMid =
      new HashMap<>(); // by message ID; only looked up

  /** The operations of named sessions, each by its first request. */
  private final Map<SessionAllocator.SessionSlot, ClientOperation> namedSessionOperations =
      new HashMap<>();

  /**
   * Creates a client that hasn't sent anything yet.
   *
   * @param random its own generator; any other use would change its behaviour
   * @param operationCounter counts its operations
   */
  public RetryingClient(
      Id id,
      RetryBehavior behavior,
      RequestTransport requests,
      RandomGenerator random,
      OperationCounter operationCounter) {
    this.id = id;
    this.behavior = behavior;
    this.requests = requests;
    this.random = random;
    this.operationCounter = operationCounter;
    this.leaderHint = new LeaderHint(requests, random);
    this.sessions = new SessionAllocator(id);
  }

  /**
   * Starts an operation.
   *
   * @param to the replica that is asked first, running or not; null for the leader that the last
   *     answer named, or else any
   * @param follow whether it is retried after a redirect, a fail and a timeout until it is done; if
   *     not, the first answer ends it
   * @param then is called once, when the operation is over
   */
  public ClientOperation ask(
      OperationRequest wanted, @Nullable Id to, boolean follow, Consumer<ClientOperation> then) {
    ClientOperation operation = new ClientOperation(id, wanted, follow, then);
    send(operation, to != null ? to : leaderHint.nextReplica());
    return operation;
  }

  /**
   * Starts an operation in a named session. A second call with the same session and number is a
   * retry of the same operation.
   *
   * @param seq its number in the session, from 1
   */
  public ClientOperation askInSession(
      String session,
      long seq,
      OperationRequest wanted,
      @Nullable Id to,
      boolean follow,
      Consumer<ClientOperation> then) {
    ClientOperation operation = new ClientOperation(id, wanted, follow, then);
    SessionAllocator.SessionSlot slot = SessionAllocator.SessionSlot.named(session, seq);
    operation.sessionSlot(slot);
    ClientOperation first = namedSessionOperations.putIfAbsent(slot, operation);
    if (first != null && first.hasBegun()) {
      operation.noteBegun(first.number());
    }
    send(operation, to != null ? to : leaderHint.nextReplica());
    return operation;
  }

  private void send(ClientOperation operation, @Nullable Id replica) {
    if (operation.isOver()) {
      return;
    }
    if (replica == null) {
      requests.schedule(UNREACHABLE_POLL_MICROS, () -> send(operation, leaderHint.nextReplica()));
      return;
    }
    String mid = RandomText.letters(random, MID_LENGTH);
    operationsByMid.put(mid, operation);
    operation.noteSent(mid, replica);
    if (operation.hasBegun()) {
      requests.sendAgain(operation.request(mid, replica, leaderHint.leader()), operation.number());
    } else {
      begin(operation, mid, replica);
    }
    if (operation.isRetried() && behavior.timeoutMillis().isPresent()) {
      long timeoutMicros = behavior.timeoutMillis().getAsLong() * 1000;
      requests.schedule(timeoutMicros, () -> onTimeout(operation, mid));
    }
  }

  private void begin(ClientOperation operation, String mid, Id replica) {
    if (behavior.sessions()) {
      operation.sessionSlot(sessions.acquire());
    }
    operation.noteBegun(requests.send(operation.request(mid, replica, leaderHint.leader())));
    operationCounter.began(operation);
  }

  private void onTimeout(ClientOperation operation, String mid) {
    if (operation.awaits(mid)) {
      operation.stopAwaiting();
      RetryPolicy.Next next = operation.attempts().after(RetryPolicy.Outcome.SILENT);
      leaderHint.retry(
          next, () -> send(operation, leaderHint.nextReplica(next, operation.lastAsked())));
    }
  }

  /** Handles an answer. Ignores answers to requests that it doesn't wait for. */
  public void receive(Message answer) {
    ClientOperation operation = operationsByMid.remove(answer.mid());
    if (operation == null) {
      return;
    }
    RetryPolicy.Outcome outcome = leaderHint.outcome(answer, operation.lastAsked());
    boolean settled = outcome == RetryPolicy.Outcome.SETTLED;
    if (settled || operation.awaits(answer.mid())) {
      leaderHint.observe(answer);
      if (settled || !operation.isRetried()) {
        end(operation, answer);
      } else {
        operation.stopAwaiting();
        RetryPolicy.Next next = operation.attempts().after(outcome);
        leaderHint.retry(
            next, () -> send(operation, leaderHint.nextReplica(next, operation.lastAsked())));
      }
    }
  }

  private void end(ClientOperation operation, Message answer) {
    operation.mids().forEach(operationsByMid::remove);
    SessionAllocator.SessionSlot slot = operation.sessionSlot();
    if (slot != null && slot.isOwn()) {
      sessions.release(slot);
    }
    operation.noteEnd(answer);
    operationCounter.ended(operation);
    operation.notifyEnd();
  }
}
