package raftlab.console;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.World;

/**
 * The worlds that a console can start clusters in.
 *
 * @param first the world of the first {@code start} without options
 * @param process makes the process world with this replica command; null for that of the command
 *     line, else the reference replica
 * @param simulated makes the simulated world with this replica command; null for the reference
 *     replica. Both throw an {@link IllegalArgumentException} for an invalid command
 */
public record ConsoleWorlds(
    World first,
    Function<@Nullable String, World> process,
    Function<@Nullable String, World> simulated) {
  /** The name of the simulated world. */
  static final String SIMULATED = "sim";

  /** A console with one world. */
  public static ConsoleWorlds only(World world) {
    return new ConsoleWorlds(world, replica -> world, replica -> world);
  }
}
