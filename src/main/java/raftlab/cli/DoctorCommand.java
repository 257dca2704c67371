package raftlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import raftlab.report.TerminalStyle;
import raftlab.sandbox.doctor.Doctor;

/** Says what this machine has and lacks for grading. */
@Command(
    name = "doctor",
    description =
        "Says what this machine has and lacks for grading, what each lack means, and how to mend it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 grading works and is safe, 1 something is lacking, 2 usage error.%n"
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Doctor doctor = Doctor.examine();
    if (json) {
      System.out.println(doctor.json());
    } else {
      doctor.lines(TerminalStyle.ofStdout()).forEach(System.out::println);
    }
    return doctor.isWell() ? ExitCode.PASSED : ExitCode.FAILED;
  }
}
