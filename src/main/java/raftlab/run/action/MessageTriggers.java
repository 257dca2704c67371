package raftlab.run.action;

import java.util.ArrayList;
import java.util.List;
import raftlab.run.lab.Lab;
import raftlab.run.lab.MessageListener;
import raftlab.scenario.MessagePattern;
import raftlab.scenario.MessagePattern.Party;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Runs an action when a certain message is sent, before it arrives. */
public final class MessageTriggers implements MessageListener {
  /** The action that a message triggers. */
  public interface TriggeredAction {
    void run(TargetResolver.TriggerMessage message);
  }

  private static final class ArmedTrigger {
    private final MessagePattern pattern;
    private final long fromMicros;
    private final TriggeredAction action;
    private int seen;

    ArmedTrigger(MessagePattern pattern, long fromMicros, TriggeredAction action) {
      this.pattern = pattern;
      this.fromMicros = fromMicros;
      this.action = action;
    }
  }

  private final Lab lab;
  private final TargetResolver targetResolver;
  private final List<ArmedTrigger> armed = new ArrayList<>();

  public MessageTriggers(Lab lab, TargetResolver targetResolver) {
    this.lab = lab;
    this.targetResolver = targetResolver;
  }

  /**
   * Waits for a message.
   *
   * @param fromMicros messages before this time plus the pattern's delay are ignored
   */
  public void arm(MessagePattern pattern, long fromMicros, TriggeredAction action) {
    armed.add(new ArmedTrigger(pattern, fromMicros + pattern.afterMillis() * 1000, action));
    lab.setMessageListener(this);
  }

  /** Returns how many triggers still wait. */
  public int armed() {
    return armed.size();
  }

  @Override
  public boolean shouldDrop(Id from, Id to, Message message) {
    boolean loses = false;
    for (ArmedTrigger trap : List.copyOf(armed)) {
      if (fits(trap, from, to, message) && ++trap.seen == trap.pattern.nth()) {
        armed.remove(trap);
        loses |= trap.pattern.lose();
        trap.action.run(new TargetResolver.TriggerMessage(from, to));
      }
    }
    if (armed.isEmpty()) {
      lab.setMessageListener(null);
    }
    return loses;
  }

  private boolean fits(ArmedTrigger trap, Id from, Id to, Message message) {
    MessagePattern pattern = trap.pattern;
    return lab.nowMicros() >= trap.fromMicros
        && (pattern.type().isEmpty() || pattern.type().equals(message.type()))
        && matches(pattern.from(), from)
        && matches(pattern.to(), to);
  }

  private boolean matches(Party party, Id id) {
    return switch (party.kind()) {
      case ANY -> true;
      case REPLICA -> lab.replicas().contains(id);
      case CLIENT -> !lab.replicas().contains(id);
      case LEADER -> lab.isLeader(id);
      case NON_LEADER -> lab.replicas().contains(id) && !lab.isLeader(id);
      case ID -> id.toString().equals(party.name());
      case NAME -> targetResolver.replicasNamed(party.name()).contains(id);
    };
  }
}
