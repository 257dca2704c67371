package raftlab.dialect;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How appends of one kind carry entries, and where in the log these are.
 *
 * @param listPath the path of the list of entries; null if the message itself is the only entry
 * @param positionPath the path of the number that tells the position of the first entry; "" if the
 *     list always begins with the first entry of the log
 * @param isInEntry whether {@code positionPath} is a path within the first entry
 * @param offset this plus the number is the index of the entry before the first one, if the first
 *     entry of the log has index 1
 * @param omitsZeros whether the number is left out where it is 0
 */
record EntryFormat(
    @Nullable String listPath,
    String positionPath,
    boolean isInEntry,
    long offset,
    boolean omitsZeros) {
  /** Whether a 0 is written at this path, so that a missing number is no 0. */
  static boolean writesZeros(String path, List<MessageSample> samples) {
    return samples.stream().anyMatch(each -> each.number(path).orElse(1) == 0);
  }

  /** Whether the number is the index of the first entry, and not of the one before it. */
  boolean isOfFirstEntry() {
    boolean isOfPrevious =
        positionPath
            .substring(positionPath.lastIndexOf('.') + 1)
            .toLowerCase(Locale.ROOT)
            .contains("prev");
    return isInEntry || offset == -1 && !isOfPrevious;
  }

  /** The index that the replicas give to the first entry of a log. */
  long firstIndex() {
    return isOfFirstEntry() ? -offset : 1 - offset;
  }

  /** What must be added to an index, as the replicas count, if the first entry has index 1. */
  long indexOffset() {
    return 1 - firstIndex();
  }

  /** The index of the entry before the first one; empty if this message doesn't tell. */
  OptionalLong previousIndex(MessageSample sample, List<JsonElement> entries) {
    if (positionPath.isEmpty()) {
      return OptionalLong.of(offset);
    }
    if (isInEntry) {
      if (entries.isEmpty()) {
        return OptionalLong.empty();
      }
      OptionalLong number =
          MessageFields.number(MessageFields.of(entries.get(0)).get(positionPath));
      return number.isEmpty() ? number : OptionalLong.of(number.getAsLong() + offset);
    }
    if (sample.number(positionPath).isEmpty() && !omitsZeros) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(sample.numberOrZero(positionPath) + offset);
  }
}
