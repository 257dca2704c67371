package raftlab.grade;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.grade.store.HandInRecord;
import raftlab.handin.HandIn;

/** Copies and builds hand-ins. Several threads may use it. */
@FunctionalInterface
interface HandInBuilder {
  /**
   * A hand-in that was copied and built.
   *
   * @param record what became of it
   * @param player plays its runs; null if there is nothing to play
   */
  record BuiltHandIn(HandInRecord record, @Nullable RunPlayer player) {}

  /**
   * Copies and builds a hand-in; whatever is wrong with it is in the record.
   *
   * @param copy the folder to create for the copy
   * @param stage receives what is being done
   */
  BuiltHandIn build(HandIn handIn, Path copy, Consumer<String> stage) throws InterruptedException;
}
