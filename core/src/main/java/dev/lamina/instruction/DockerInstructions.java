// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Add;
import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.Cmd;
import dev.lamina.dockerfile.Copy;
import dev.lamina.dockerfile.Custom;
import dev.lamina.dockerfile.Entrypoint;
import dev.lamina.dockerfile.Env;
import dev.lamina.dockerfile.Expose;
import dev.lamina.dockerfile.From;
import dev.lamina.dockerfile.Healthcheck;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.Label;
import dev.lamina.dockerfile.Maintainer;
import dev.lamina.dockerfile.OnBuild;
import dev.lamina.dockerfile.Run;
import dev.lamina.dockerfile.Shell;
import dev.lamina.dockerfile.StopSignal;
import dev.lamina.dockerfile.User;
import dev.lamina.dockerfile.Volume;
import dev.lamina.dockerfile.Workdir;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.Map;

/** The executors of Docker's instructions, and which one an instruction is for. */
public final class DockerInstructions {
  private DockerInstructions() {}

  /**
   * Lets the executor of an instruction say what it does.
   *
   * @param custom the executors of the caller's own instructions, by keyword
   * @throws StepException if the instruction can't be carried out
   */
  public static void plan(
      Instruction instruction, StepContext step, Map<String, InstructionExecutor<Custom>> custom)
      throws IOException {
    instruction.accept(new Executors(custom)).in(step);
  }

  /** An instruction with its executor: all but the place. */
  private interface Plan {
    void in(StepContext step) throws IOException;
  }

  private record Executors(Map<String, InstructionExecutor<Custom>> custom)
      implements Instruction.Visitor<Plan> {

    @Override
    public Plan visitAdd(Add add) {
      return step -> new AddExecutor().plan(add, step);
    }

    @Override
    public Plan visitArg(Arg arg) {
      return step -> new ArgExecutor().plan(arg, step);
    }

    @Override
    public Plan visitCmd(Cmd cmd) {
      return step -> new CmdExecutor().plan(cmd, step);
    }

    @Override
    public Plan visitCopy(Copy copy) {
      return step -> new CopyExecutor().plan(copy, step);
    }

    @Override
    public Plan visitCustom(Custom instruction) {
      return step -> {
        InstructionExecutor<Custom> executor = custom.get(instruction.keyword());
        if (executor == null) {
          throw new StepException("no executor was given for " + instruction.keyword());
        }
        executor.plan(instruction, step);
      };
    }

    @Override
    public Plan visitEntrypoint(Entrypoint entrypoint) {
      return step -> new EntrypointExecutor().plan(entrypoint, step);
    }

    @Override
    public Plan visitEnv(Env env) {
      return step -> new EnvExecutor().plan(env, step);
    }

    @Override
    public Plan visitExpose(Expose expose) {
      return step -> new ExposeExecutor().plan(expose, step);
    }

    @Override
    public Plan visitFrom(From from) {
      throw new IllegalArgumentException("FROM starts a stage, it is no step of one");
    }

    @Override
    public Plan visitHealthcheck(Healthcheck healthcheck) {
      return step -> new HealthcheckExecutor().plan(healthcheck, step);
    }

    @Override
    public Plan visitLabel(Label label) {
      return step -> new LabelExecutor().plan(label, step);
    }

    @Override
    public Plan visitMaintainer(Maintainer maintainer) {
      return step -> new MaintainerExecutor().plan(maintainer, step);
    }

    @Override
    public Plan visitOnBuild(OnBuild onBuild) {
      return step -> new OnBuildExecutor().plan(onBuild, step);
    }

    @Override
    public Plan visitRun(Run run) {
      return step -> new RunExecutor().plan(run, step);
    }

    @Override
    public Plan visitShell(Shell shell) {
      return step -> new ShellExecutor().plan(shell, step);
    }

    @Override
    public Plan visitStopSignal(StopSignal stopSignal) {
      return step -> new StopSignalExecutor().plan(stopSignal, step);
    }

    @Override
    public Plan visitUser(User user) {
      return step -> new UserExecutor().plan(user, step);
    }

    @Override
    public Plan visitVolume(Volume volume) {
      return step -> new VolumeExecutor().plan(volume, step);
    }

    @Override
    public Plan visitWorkdir(Workdir workdir) {
      return step -> new WorkdirExecutor().plan(workdir, step);
    }
  }
}
