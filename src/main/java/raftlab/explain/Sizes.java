package raftlab.explain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** A message fits into a datagram. */
final class Sizes implements Detector {
  /** A message that is surely shorter isn't rendered: that takes its time. */
  private static final int MAYBE_TOO_LARGE = 50_000;

  private final Scene scene;
  private final Clues clues;

  Sizes(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void sent(Subject from, Letter letter) {
    if (length(letter.sent().message().fields()) < MAYBE_TOO_LARGE) {
      return;
    }
    long bytes = letter.sent().message().bytes().length;
    if (bytes > Message.MAX_BYTES && clues.isNew(NAME)) {
      clues.proven(
          letter.sent().atMicros(),
          NAME,
          "",
          String.format(
              Locale.ROOT,
              "Replica %s sent a message of %d bytes %s: a datagram holds %d at most, so many entries,"
                  + " or a snapshot, go in several messages.",
              from.id,
              bytes,
              scene.at(letter.sent().atMicros()),
              Message.MAX_BYTES),
          letter.sent());
    }
  }

  /** About how many bytes a JSON value takes, with each odd character escaped. */
  private static int length(JsonElement json) {
    int length = 1;
    if (json instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> field : object.entrySet()) {
        length += length(field.getValue());
      }
    } else if (json instanceof JsonArray array) {
      for (JsonElement item : array) {
        length += length(item);
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

  /** The mistake's name. */
  private static final String NAME = "message-too-large";

  @Override
  public void exited(Subject who, Event.Exited event) {
    if (LastWords.contain(event, "fit into a datagram", "message too long", "emsgsize")
        && clues.isNew(NAME)) {
      clues.proven(
          event.atMicros(),
          NAME,
          "",
          String.format(
              Locale.ROOT,
              "Replica %s ended %s over a message that is too large: a datagram holds %d bytes at"
                  + " most, so many entries, or a snapshot, go in several messages.",
              who.id,
              scene.at(event.atMicros()),
              Message.MAX_BYTES),
          event);
    }
  }
}
