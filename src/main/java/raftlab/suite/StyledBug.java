package raftlab.suite;

import java.util.Optional;

/**
 * A replica that speaks in a style.
 *
 * @param style the style's name
 * @param bug the name of its bug; empty if it is correct
 */
public record StyledBug(String style, Optional<String> bug) {
  /** The name of the bug, for tables. */
  public static final String CORRECT = "none";

  /** The replica with this style and this bug, or without one for {@value #CORRECT}. */
  public static StyledBug of(String style, String bug) {
    return new StyledBug(style, bug.equals(CORRECT) ? Optional.empty() : Optional.of(bug));
  }

  /** The bug's name, or {@value #CORRECT}. */
  public String bugName() {
    return bug.orElse(CORRECT);
  }
}
