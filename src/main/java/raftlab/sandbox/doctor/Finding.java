package raftlab.sandbox.doctor;

/**
 * What the doctor found out about one thing.
 *
 * @param name the thing
 * @param level how bad it is
 * @param found what there is
 * @param meaning what follows for grading; empty if all is well
 * @param remedy the command that mends it, or what to do; empty if there is none
 */
public record Finding(String name, Level level, String found, String meaning, String remedy) {
  /** How bad a finding is. */
  public enum Level {
    /** All is well. */
    OK,
    /** Grading works, but less well or for fewer hand-ins. */
    WARNING,
    /** Grading is unsafe or does not work. */
    LACK
  }

  static Finding ok(String name, String found) {
    return new Finding(name, Level.OK, found, "", "");
  }

  static Finding warning(String name, String found, String meaning, String remedy) {
    return new Finding(name, Level.WARNING, found, meaning, remedy);
  }

  static Finding lack(String name, String found, String meaning, String remedy) {
    return new Finding(name, Level.LACK, found, meaning, remedy);
  }
}
