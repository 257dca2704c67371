package raftlab.workload;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** One operation of a client, with all requests that it sent for it. */
public final class ClientOperation {
  private final Id client;
  private final OperationRequest wanted;
  private final boolean follow;
  private final Consumer<ClientOperation> then;
  private final RetryPolicy.Attempts attempts = LeaderHint.begin();
  private final List<String> mids = new ArrayList<>();
  private SessionAllocator.Place place;
  private long number;
  private Message answer;
  private boolean over;

  /** The message ID of the request that may still get any answer; null for none. */
  private String awaited;

  private Id asked;

  ClientOperation(
      Id client, OperationRequest wanted, boolean follow, Consumer<ClientOperation> then) {
    this.client = client;
    this.wanted = wanted;
    this.follow = follow;
    this.then = then;
  }

  /** Returns the client. */
  public Id client() {
    return client;
  }

  /** Returns the request: type, key and values. */
  public OperationRequest wanted() {
    return wanted;
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
    return over;
  }

  /** Whether it was answered with ok or mismatch. */
  public boolean isDone() {
    return answer != null && isSettled(answer);
  }

  /** Returns the answer that ended it; null for none. */
  public Message answer() {
    return answer;
  }

  /** Whether this answer completes an operation. */
  static boolean isSettled(Message answer) {
    return answer.type().equals(Message.OK) || answer.type().equals(Message.MISMATCH);
  }

  /** Whether the client sends it again until it is done. */
  boolean follow() {
    return follow;
  }

  /** Ends it if no request was sent yet. */
  void withdraw() {
    over |= !hasBegun();
  }

  /** Sets the number that its first request got in the trace. */
  void begin(long itsNumber) {
    number = itsNumber;
  }

  /** Notes that a request with this message ID goes to this replica; only its answer is awaited. */
  void ask(String mid, Id replica) {
    mids.add(mid);
    awaited = mid;
    asked = replica;
  }

  /** Awaits no answer until the next request; a late ok still counts. */
  void abandon() {
    awaited = null;
  }

  boolean awaits(String mid) {
    return !over && mid.equals(awaited);
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
  Id asked() {
    return asked;
  }

  /** Returns its place in its client's sessions; null for none. */
  SessionAllocator.Place place() {
    return place;
  }

  void place(SessionAllocator.Place itsPlace) {
    place = itsPlace;
  }

  /** Creates one more request. */
  Message request(String mid, Id replica, Id leader) {
    JsonObject fields = wanted.fields();
    if (place != null) {
      fields.addProperty("client", place.session());
      fields.addProperty("seq", place.seq());
    }
    return Message.of(client, replica, leader, wanted.type(), mid, fields);
  }

  /** Sets the answer that ends it. */
  void end(Message itsAnswer) {
    answer = itsAnswer;
    over = true;
  }

  /** Passes the ended operation to its callback. */
  void tell() {
    then.accept(this);
  }
}
