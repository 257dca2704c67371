package raftlab.dialect;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Locale;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A run made by hand: the messages of three replicas that report nothing. */
abstract class MessageTraceBuilder {
  static final Id A = Id.of(0);
  static final Id B = Id.of(1);
  static final Id C = Id.of(2);
  static final Id CLIENT = Id.of(0x15);
  static final Id NONE = Id.BROADCAST;

  /** Longer than the messages of a round may be apart. */
  private static final long STEP_MICROS = 30_000;

  final Trace trace =
      new Trace(
          new TraceHeader("made", "{}", "sim", 1, List.of(), List.of(A, B, C), List.of(CLIENT)));
  long now;
  private long number;

  MessageTraceBuilder() {
    for (Id replica : List.of(A, B, C)) {
      trace.add(new Event.Started(++now, replica));
    }
    trace.add(new Event.Began(++now));
  }

  /** Time passes, so that the next messages are of another round. */
  void pause() {
    now += STEP_MICROS;
  }

  /** Sends a message with these fields, in JSON with single quotes; it is not delivered. */
  long send(Id from, Id to, Id leader, String type, String fields) {
    JsonObject json =
        JsonParser.parseString("{" + fields.replace('\'', '"') + "}").getAsJsonObject();
    trace.add(
        new Event.Sent(++now, ++number, from, to, Message.of(from, to, leader, type, null, json)));
    return number;
  }

  /** Sends a message, which is delivered at once. */
  void tell(Id from, Id to, Id leader, String type, String fields) {
    trace.add(new Event.Delivered(++now, send(from, to, leader, type, fields)));
  }

  /** A client sends a put with this value. */
  void put(Id replica, String value) {
    Message request = Message.put(CLIENT, replica, NONE, "mid-" + value, "key", value);
    trace.add(new Event.Sent(++now, ++number, CLIENT, replica, request));
    trace.add(new Event.Delivered(++now, number));
  }

  /** A replica acknowledges the put with this value. */
  void ok(Id replica, String value) {
    Message answer =
        Message.of(replica, CLIENT, replica, Message.OK, "mid-" + value, new JsonObject());
    trace.add(new Event.Sent(++now, ++number, replica, CLIENT, answer));
    trace.add(new Event.Delivered(++now, number));
  }

  ReplicaMessages messages() {
    return ReplicaMessages.of(trace, Corrections.NONE);
  }

  static String format(String text, Object... words) {
    return String.format(Locale.ROOT, text, words);
  }

  static List<Id> others(Id replica) {
    return List.of(A, B, C).stream().filter(each -> !each.equals(replica)).toList();
  }
}
