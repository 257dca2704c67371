package raftlab.workload;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Something that a client wants, with all the requests that it has sent for it. */
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

  /** The request that may still be answered in any way; null while there is none. */
  private String awaited;

  private Id asked;

  ClientOperation(
      Id client, OperationRequest wanted, boolean follow, Consumer<ClientOperation> then) {
    this.client = client;
    this.wanted = wanted;
    this.follow = follow;
    this.then = then;
  }

  /** Who wants it. */
  public Id client() {
    return client;
  }

  /** What is wanted. */
  public OperationRequest wanted() {
    return wanted;
  }

  /** Its number in the trace, from 1; 0 as long as no replica could be asked. */
  public long number() {
    return number;
  }

  /** Whether a request for it was sent. */
  public boolean hasBegun() {
    return number > 0;
  }

  /** Whether nothing more is done about it. */
  public boolean isOver() {
    return over;
  }

  /** Whether it was answered with ok or mismatch. */
  public boolean isDone() {
    return answer != null && isSettled(answer);
  }

  /** The answer that ended it; null if there is none. */
  public Message answer() {
    return answer;
  }

  /** Whether this answer leaves nothing to ask for. */
  static boolean isSettled(Message answer) {
    return answer.type().equals(Message.OK) || answer.type().equals(Message.MISMATCH);
  }

  /** Whether it is asked for again until it is done. */
  boolean follow() {
    return follow;
  }

  /** Gives it up if nobody has been asked yet. */
  void withdraw() {
    over |= !hasBegun();
  }

  /** Notes the number that its first request got in the trace. */
  void begin(long itsNumber) {
    number = itsNumber;
  }

  /** Notes that this replica is asked under this message ID, and no other answer is awaited. */
  void ask(String mid, Id replica) {
    mids.add(mid);
    awaited = mid;
    asked = replica;
  }

  /** Awaits no answer any more until it is asked for again; an ok counts all the same. */
  void abandon() {
    awaited = null;
  }

  boolean awaits(String mid) {
    return !over && mid.equals(awaited);
  }

  /** The message IDs that it was asked for under. */
  List<String> mids() {
    return mids;
  }

  /** What came of its requests so far. */
  RetryPolicy.Attempts attempts() {
    return attempts;
  }

  /** Whom it was asked of last. */
  Id asked() {
    return asked;
  }

  /** Its place in its client's sessions; null for none. */
  SessionAllocator.Place place() {
    return place;
  }

  void place(SessionAllocator.Place itsPlace) {
    place = itsPlace;
  }

  /** One more request for it. */
  Message request(String mid, Id replica, Id leader) {
    JsonObject fields = wanted.fields();
    if (place != null) {
      fields.addProperty("client", place.session());
      fields.addProperty("seq", place.seq());
    }
    return Message.of(client, replica, leader, wanted.type(), mid, fields);
  }

  /** Notes the answer that ends it. */
  void end(Message itsAnswer) {
    answer = itsAnswer;
    over = true;
  }

  /** Tells whoever wanted it that it is over. */
  void tell() {
    then.accept(this);
  }
}
