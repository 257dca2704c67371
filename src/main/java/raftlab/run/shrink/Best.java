package raftlab.run.shrink;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import raftlab.run.concrete.Draft;

/** The smallest failing draft so far, and the way to a smaller one. */
final class Best {
  private final Tries tries;
  private volatile Tried tried;

  Best(Tries tries, Tried first) {
    this.tries = tries;
    this.tried = first;
  }

  Tried tried() {
    return tried;
  }

  Draft draft() {
    return tried.draft();
  }

  JsonObject head() {
    return draft().head();
  }

  List<JsonObject> events() {
    return draft().events();
  }

  /** The first of these that fails takes the place of the present one; returns whether any did. */
  boolean take(List<Draft> drafts) throws OutOfTime {
    return takeFirst(drafts) != null;
  }

  /** The same; returns which one it was, null if none did. */
  Draft takeFirst(List<Draft> drafts) throws OutOfTime {
    Optional<Tried> better = tries.first(drafts);
    better.ifPresent(next -> tried = next);
    return better.map(Tried::draft).orElse(null);
  }

  /** The seconds of a key of the head in microseconds; 0 if it isn't there. */
  long micros(String key) {
    return micros(head(), key);
  }

  static long micros(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value == null ? 0 : Math.round(value.getAsDouble() * 1e6);
  }
}
