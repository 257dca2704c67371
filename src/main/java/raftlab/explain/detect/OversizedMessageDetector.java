package raftlab.explain.detect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** A message must fit into a datagram. */
final class OversizedMessageDetector implements Detector {
  /** A message that is surely shorter isn't rendered, which takes time. */
  private static final int MAYBE_TOO_LARGE = 50_000;

  private final Suspicions suspicions;

  OversizedMessageDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (maxLength(message.sent().message().fields()) < MAYBE_TOO_LARGE) {
      return;
    }
    long bytes = message.sent().message().bytes().length;
    if (bytes > Message.MAX_BYTES) {
      suspicions.proven(
          KnownMistake.MESSAGE_TOO_LARGE,
          message.atMicros(),
          Evidence.of(message.sent()),
          "replica %s sent a message of %d bytes",
          from.id(),
          bytes);
    }
  }

  /** About how many bytes a JSON value takes, if each unusual character is escaped. */
  private static int maxLength(JsonElement json) {
    int length = 1;
    if (json instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> field : object.entrySet()) {
        length += maxLength(field.getValue());
      }
    } else if (json instanceof JsonArray array) {
      for (JsonElement item : array) {
        length += maxLength(item);
      }
    } else if (json instanceof JsonPrimitive primitive && primitive.isString()) {
      String text = primitive.getAsString();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        length += c < ' ' || c == '"' || c == '\\' || c > '~' || c == '<' || c == '>' ? 6 : 1;
      }
    }
    return length;
  }

  @Override
  public void exited(ReplicaView replica, Event.Exited event) {
    if (ExitDetector.printed(event, "fit into a datagram", "message too long", "emsgsize")) {
      suspicions.proven(
          KnownMistake.MESSAGE_TOO_LARGE,
          event.atMicros(),
          Evidence.of(event),
          "replica %s ended over a message that is too large",
          replica.id());
    }
  }
}
