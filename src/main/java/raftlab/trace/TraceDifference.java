package raftlab.trace;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The first difference between two runs of the same scenario with the same seed.
 *
 * @param number the number of the event, from 1
 * @param atMicros when it happened in the first run, or in the second one if the first has ended
 * @param first the event of the first run as JSON; empty if it has ended
 * @param second the event of the second run as JSON; empty if it has ended
 */
public record TraceDifference(
    int number, long atMicros, Optional<String> first, Optional<String> second) {
  /** Compares two runs, to the byte; empty if they are the same. */
  public static Optional<TraceDifference> between(Trace first, Trace second) {
    List<Event> one = first.events();
    List<Event> other = second.events();
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      Optional<String> was = json(one, i);
      Optional<String> is = json(other, i);
      if (!was.equals(is)) {
        long at = (i < one.size() ? one : other).get(i).atMicros();
        return Optional.of(new TraceDifference(i + 1, at, was, is));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> json(List<Event> events, int place) {
    if (place >= events.size()) {
      return Optional.empty();
    }
    StringWriter text = new StringWriter();
    try {
      EventJson.write(events.get(place), new JsonWriter(text));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Optional.of(text.toString());
  }
}
