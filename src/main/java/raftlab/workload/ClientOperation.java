package raftlab.workload;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** One operation of a client, with all requests that it sent for it. */
public final class ClientOperation {
  private final Id client;
  private final OperationRequest operationRequest;
  private final boolean isRetried;
  private final Consumer<ClientOperation> onEnd;
  private final RetryPolicy.Attempts attempts = LeaderHint.begin();
  private final List<String> mids = new ArrayList<>();
  private SessionAllocator.@Nullable SessionSlot sessionSlot;
  private long number;
  private @Nullable Message answer;
  private boolean ended;

  /** The message ID of the request that may still get any answer; null for none. */
  private @Nullable String awaitedMid;

  private @Nullable Id lastAsked;

  ClientOperation(
      Id client,
      OperationRequest operationRequest,
      boolean isRetried,
      Consumer<ClientOperation> onEnd) {
    this.client = client;
    this.operationRequest = operationRequest;
    this.isRetried = isRetried;
    this.onEnd = onEnd;
  }

  /** Returns the client. */
  public Id client() {
    return client;
  }

  /** Returns the request: type, key and values. */
  public OperationRequest operationRequest() {
    return operationRequest;
  }

  /** Returns its number in the trace, from 1; 0 until a request was sent. */
  public long number() {
    return number;
  }

  /** Whether a request was sent. */
  public boolean hasBegun() {
    return number > 0;
  }

  /** Whether the client does nothing more for it. */
  public boolean isOver() {
    return ended;
  }

  /** Whether it was answered with ok or mismatch. */
  public boolean isDone() {
    return answer != null && isSettledBy(answer);
  }

  /** Returns the answer that ended it; null for none. */
  public @Nullable Message answer() {
    return answer;
  }

  /** Whether this answer completes an operation. */
  static boolean isSettledBy(Message answer) {
    return answer.type().equals(Message.OK) || answer.type().equals(Message.MISMATCH);
  }

  /** Whether the client sends it again until it is done. */
  boolean isRetried() {
    return isRetried;
  }

  /** Ends it if no request was sent yet. */
  void withdraw() {
    ended |= !hasBegun();
  }

  /** Sets the number that its first request got in the trace. */
  void noteBegun(long itsNumber) {
    number = itsNumber;
  }

  /** Notes that a request with this message ID goes to this replica; only its answer is awaited. */
  void noteSent(String mid, Id replica) {
    mids.add(mid);
    awaitedMid = mid;
    lastAsked = replica;
  }

  /** Awaits no answer until the next request; a late ok still counts. */
  void stopAwaiting() {
    awaitedMid = null;
  }

  boolean awaits(@Nullable String mid) {
    return !ended && awaitedMid != null && awaitedMid.equals(mid);
  }

  /** Returns the message IDs of its requests. */
  List<String> mids() {
    return mids;
  }

  /** Returns the outcomes of its requests. */
  RetryPolicy.Attempts attempts() {
    return attempts;
  }

  /** Returns the replica of the last request. */
  Id lastAsked() {
    return Objects.requireNonNull(lastAsked, "asked for only after a request was sent");
  }

  /** Returns its place in its client's sessions; null for none. */
  SessionAllocator.@Nullable SessionSlot sessionSlot() {
    return sessionSlot;
  }

  void sessionSlot(SessionAllocator.SessionSlot itsPlace) {
    sessionSlot = itsPlace;
  }

  /** Creates one more request. */
  Message request(String mid, Id replica, Id leader) {
    JsonObject fields = operationRequest.fields();
    if (sessionSlot != null) {
      fields.addProperty("client", sessionSlot.session());
      fields.addProperty("seq", sessionSlot.seq());
    }
    return Message.of(client, replica, leader, operationRequest.type(), mid, fields);
  }

  /** Sets the answer that ends it. */
  void noteEnd(Message itsAnswer) {
    answer = itsAnswer;
    ended = true;
  }

  /** Passes the ended operation to its callback. */
  void notifyEnd() {
    onEnd.accept(this);
  }
}
