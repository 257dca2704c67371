package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import raftlab.run.action.ActionExecutor;
import raftlab.run.action.EventScheduler;
import raftlab.run.action.MessageTriggers;
import raftlab.run.action.TargetResolver;
import raftlab.run.action.TargetResolver.TriggerMessage;
import raftlab.run.action.WaitCondition;
import raftlab.run.lab.Lab;
import raftlab.scenario.Action;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.TargetSelector;
import raftlab.trace.Event;
import raftlab.trace.UnmetCondition;
import raftlab.wire.Id;

/** Plays the actions of scenarios on the console's cluster. */
final class ConsoleActions {
  private final LiveCluster cluster;
  private final Lab lab;
  private final TargetResolver resolver;
  private final ActionExecutor executor;
  private final MessageTriggers triggers;
  private final EventScheduler scheduler;

  ConsoleActions(LiveCluster cluster) {
    this.cluster = cluster;
    this.lab = cluster.lab();
    this.resolver = new TargetResolver(lab);
    this.executor = new ActionExecutor(lab, resolver, new NoRequests());
    this.triggers = new MessageTriggers(lab, resolver);
    this.scheduler = new EventScheduler(lab, cluster.seed(), executor, triggers);
  }

  /** The replicas that a selector chooses now. */
  List<Id> choose(TargetSelector selector, List<Id> taken) {
    return resolver.choose(selector, TriggerMessage.NONE, taken, cluster.random());
  }

  /** Plays an action now, and returns what it did, in words. */
  List<String> play(Action action) {
    UnmetCondition obstacle = executor.obstacle(action);
    if (obstacle != null) {
      throw new CommandException(obstacle.description() + "; `wait leader` waits for a leader");
    }
    List<String> done = new ArrayList<>();
    cluster.onEvent(
        event -> {
          if (event instanceof Event.Fault fault) {
            done.add(fault.how());
          } else if (event instanceof Event.FaultHeld held) {
            done.add("not done: " + held.why());
          }
        });
    try {
      executor.play(action, TriggerMessage.NONE, cluster.random());
    } catch (UnsupportedOperationException | IllegalStateException impossible) {
      throw new CommandException(String.valueOf(impossible.getMessage()));
    } finally {
      cluster.onEvent(event -> {});
    }
    return done;
  }

  /** Plays an action as soon as a message is sent, before it arrives. */
  void arm(MessagePattern pattern, Action action) {
    triggers.arm(
        pattern, lab.nowMicros(), at -> scheduler.playWhenPossible(action, at, cluster.random()));
  }

  /** The number of triggers that wait for their message. */
  int armed() {
    return triggers.armed();
  }

  /** Requests are commands of their own here. */
  private static final class NoRequests implements ActionExecutor.RequestStarter {
    @Override
    public WaitCondition ask(Action action, List<Id> to) {
      throw new IllegalStateException("the console sends its requests itself");
    }

    @Override
    public void begin(Action.Traffic traffic) {
      throw new IllegalStateException("the console sends its requests itself");
    }
  }
}
