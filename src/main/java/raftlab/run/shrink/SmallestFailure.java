package raftlab.run.shrink;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import raftlab.run.concrete.ScenarioDraft;

/** Keeps the smallest failing draft so far, and tries smaller ones. */
final class SmallestFailure {
  private final DraftRunner draftRunner;
  private volatile FailingDraft current;

  SmallestFailure(DraftRunner draftRunner, FailingDraft current) {
    this.draftRunner = draftRunner;
    this.current = current;
  }

  FailingDraft current() {
    return current;
  }

  ScenarioDraft draft() {
    return current.draft();
  }

  JsonObject head() {
    return draft().head();
  }

  List<JsonObject> events() {
    return draft().events();
  }

  /** Replaces the present draft by the first of these that fails; returns whether any did. */
  boolean tryReplace(List<ScenarioDraft> drafts) throws ShrinkTimeoutException {
    return tryReplaceWithFirst(drafts) != null;
  }

  /** Does the same and returns that draft; null for none. */
  @Nullable ScenarioDraft tryReplaceWithFirst(List<ScenarioDraft> drafts)
      throws ShrinkTimeoutException {
    Optional<FailingDraft> better = draftRunner.firstFailing(drafts);
    better.ifPresent(next -> current = next);
    return better.map(FailingDraft::draft).orElse(null);
  }

  /** Returns the seconds of a key of the head in microseconds; 0 if the key is missing. */
  long micros(String key) {
    return micros(head(), key);
  }

  static long micros(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value == null ? 0 : Math.round(value.getAsDouble() * 1e6);
  }
}
