package raftlab.cluster.virtual;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Whether this machine can run the virtual world's tests. */
public final class VirtualMachineCheck {
  private VirtualMachineCheck() {}

  /** Skips the test if not. */
  public static void assumeItCanRun() {
    try {
      SupervisorProgram.find();
    } catch (SupervisorException cant) {
      assumeTrue(false, cant.getMessage());
    }
  }
}
