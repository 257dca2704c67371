package raftlab.scenario.file;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Checks that each request in a file fits into a datagram, with its key and values encoded. */
final class RequestSizeCheck {
  private static final Set<String> TYPES =
      Set.of(Message.GET, Message.PUT, Message.APPEND, Message.CAS);

  /** The keys of a file that a request carries, under the same names. */
  private static final List<KeySpec> CARRIED_KEYS =
      List.of(ActionKeys.KEY, ActionKeys.EXPECT, ActionKeys.VALUE, ActionKeys.SESSION);

  /** As long as a message ID of the kit's clients. */
  private static final String LONGEST_MID = "m".repeat(16);

  private static final Id ANY = Id.of(0);

  private RequestSizeCheck() {}

  /** Reports each request in a file that is too large. */
  static void check(LocatedJson json, ScenarioFileChecker check) {
    if (json instanceof LocatedJson.Arr array) {
      array.elements().forEach(each -> check(each, check));
    } else if (json instanceof LocatedJson.Obj object) {
      checkRequest(object, check);
      object.members().forEach(member -> check(member.value(), check));
    }
  }

  private static void checkRequest(LocatedJson.Obj object, ScenarioFileChecker check) {
    String type = text(object, ActionKeys.TYPE);
    if (type == null || !TYPES.contains(type)) {
      return;
    }
    JsonObject fields = new JsonObject();
    for (KeySpec key : CARRIED_KEYS) {
      String text = text(object, key);
      if (text != null) {
        fields.addProperty(key.name(), text);
      }
    }
    if (fields.has(ActionKeys.SESSION.name())) {
      fields.addProperty(ActionKeys.SEQ.name(), Integer.MAX_VALUE);
    }
    Message request = Message.of(ANY, ANY, ANY, type, LONGEST_MID, fields);
    if (!request.fitsDatagram()) {
      check.addProblem(
          object,
          "the request has " + request.bytes().length + " bytes",
          "at most " + Message.MAX_BYTES + " bytes, the limit of a datagram");
    }
  }

  private static @Nullable String text(LocatedJson.Obj object, KeySpec key) {
    for (LocatedJson.Member member : object.members()) {
      if (key.isNamed(member.key()) && member.value() instanceof LocatedJson.Str text) {
        return text.text();
      }
    }
    return null;
  }
}
