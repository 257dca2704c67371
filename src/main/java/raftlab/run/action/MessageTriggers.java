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
  public interface Action {
    void at(TargetResolver.At message);
  }

  private static final class Trap {
    private final MessagePattern pattern;
    private final long fromMicros;
    private final Action action;
    private int seen;

    Trap(MessagePattern pattern, long fromMicros, Action action) {
      this.pattern = pattern;
      this.fromMicros = fromMicros;
      this.action = action;
    }
  }

  private final Lab lab;
  private final TargetResolver chooser;
  private final List<Trap> armed = new ArrayList<>();

  public MessageTriggers(Lab lab, TargetResolver chooser) {
    this.lab = lab;
    this.chooser = chooser;
  }

  /**
   * Waits for a message.
   *
   * @param fromMicros messages before this time plus the pattern's delay are ignored
   */
  public void arm(MessagePattern pattern, long fromMicros, Action action) {
    armed.add(new Trap(pattern, fromMicros + pattern.afterMillis() * 1000, action));
    lab.watchMessages(this);
  }

  /** Returns how many triggers still wait. */
  public int armed() {
    return armed.size();
  }

  @Override
  public boolean loses(Id from, Id to, Message message) {
    boolean loses = false;
    for (Trap trap : List.copyOf(armed)) {
      if (fits(trap, from, to, message) && ++trap.seen == trap.pattern.nth()) {
        armed.remove(trap);
        loses |= trap.pattern.lose();
        trap.action.at(new TargetResolver.At(from, to));
      }
    }
    if (armed.isEmpty()) {
      lab.watchMessages(null);
    }
    return loses;
  }

  private boolean fits(Trap trap, Id from, Id to, Message message) {
    MessagePattern pattern = trap.pattern;
    return lab.nowMicros() >= trap.fromMicros
        && (pattern.type().isEmpty() || pattern.type().equals(message.type()))
        && is(pattern.from(), from)
        && is(pattern.to(), to);
  }

  private boolean is(Party party, Id id) {
    return switch (party.kind()) {
      case ANYBODY -> true;
      case REPLICA -> lab.replicas().contains(id);
      case CLIENT -> !lab.replicas().contains(id);
      case LEADER -> id.equals(lab.leader());
      case NON_LEADER -> lab.replicas().contains(id) && !id.equals(lab.leader());
      case ID -> id.toString().equals(party.name());
      case NAME -> chooser.named(party.name()).contains(id);
    };
  }
}
