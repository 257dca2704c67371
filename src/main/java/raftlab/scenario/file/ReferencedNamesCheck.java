package raftlab.scenario.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import raftlab.scenario.TargetSelector;
import raftlab.wire.Id;
import raftlab.wire.NearestWord;

/** Checks that every replica and name that a file refers to exists. */
final class ReferencedNamesCheck {
  /** The IDs of clients start after those of replicas that may be added. */
  private static final int MAX_ADDED = 16;

  private static final List<String> CHOICES =
      List.of(
          ActionKeys.WHO.name(),
          ActionKeys.FROM.name(),
          ActionKeys.TO.name(),
          ActionKeys.GROUPS.name());

  private final ScenarioFileChecker check;
  private final TreeSet<String> names = new TreeSet<>();
  private final List<String> ids = new ArrayList<>();

  private final int firstClient;

  private ReferencedNamesCheck(ScenarioFileChecker check, int replicas, int added) {
    this.check = check;
    this.firstClient = replicas + MAX_ADDED;
    for (int i = 0; i < replicas + added; i++) {
      ids.add(Id.of(i).toString());
    }
  }

  /**
   * Reports each reference that doesn't exist.
   *
   * @param added how many replicas may be added later
   */
  static void check(LocatedJson.Obj scenario, int replicas, int added, ScenarioFileChecker check) {
    ReferencedNamesCheck names =
        new ReferencedNamesCheck(check, replicas, Math.min(added, MAX_ADDED));
    names.collect(scenario);
    names.checkNames(scenario, false, false);
  }

  private void collect(LocatedJson json) {
    if (json instanceof LocatedJson.Arr array) {
      array.elements().forEach(this::collect);
    } else if (json instanceof LocatedJson.Obj object) {
      for (LocatedJson.Member member : object.members()) {
        if (member.key().equals(ActionKeys.AS.name())
            && member.value() instanceof LocatedJson.Str name) {
          names.add(name.text());
        }
        collect(member.value());
      }
    }
  }

  private void checkNames(LocatedJson json, boolean atMessage, boolean inPattern) {
    if (json instanceof LocatedJson.Arr array) {
      array.elements().forEach(each -> checkNames(each, atMessage, inPattern));
    } else if (json instanceof LocatedJson.Obj object) {
      boolean waits = atMessage || has(object, ScheduleKeys.ON);
      boolean ofLink = inPattern || has(object, ActionKeys.NTH);
      for (LocatedJson.Member member : object.members()) {
        if (CHOICES.contains(member.key())) {
          checkSelector(member.value(), waits, ofLink);
        }
        checkNames(
            member.value(),
            waits && !member.key().equals(ScheduleKeys.STEPS.name()),
            member.key().equals(ScheduleKeys.ON.name()));
      }
    }
  }

  private static boolean has(LocatedJson.Obj object, KeySpec key) {
    return object.members().stream().anyMatch(member -> key.isNamed(member.key()));
  }

  private void checkSelector(LocatedJson json, boolean atMessage, boolean ofLink) {
    if (json instanceof LocatedJson.Arr array) {
      array.elements().forEach(each -> checkSelector(each, atMessage, ofLink));
    } else if (json instanceof LocatedJson.Str text) {
      TargetSelector.parsePart(text.text())
          .ifPresent(part -> checkSelector(text, part, atMessage, ofLink));
    }
  }

  private void checkSelector(
      LocatedJson.Str text, TargetSelector.SelectorPart part, boolean atMessage, boolean ofLink) {
    switch (part.kind()) {
      case NAME -> {
        if (!names.contains(part.name())) {
          Optional<String> near =
              NearestWord.of(part.name(), names)
                  .map(name -> ScenarioFileChecker.didYouMean("@" + name));
          check.addProblem(
              text,
              text.description()
                  + " is an unknown name; nothing has \"as\": "
                  + LocatedJson.quoted(part.name()),
              names.isEmpty()
                  ? "an action with \"as\" before it"
                  : "one of @" + String.join(", @", names),
              near);
        }
      }
      case ID -> {
        if (!ids.contains(part.name()) && !(ofLink && isClient(part.name()))) {
          check.addProblem(
              text,
              "there is no replica " + part.name(),
              "an ID from " + ids.get(0) + " to " + ids.get(ids.size() - 1));
        }
      }
      case SENDER, RECEIVER -> {
        if (!atMessage) {
          check.addProblem(
              text, text.description() + " is used without \"on\"", "the key \"on\" beside it");
        }
      }
      default -> {
        // It is resolved when the action runs, and may then match no replica.
      }
    }
  }

  /** Whether this may be the ID of a client or of the operator. */
  private boolean isClient(String id) {
    return Id.parse(id).value() >= firstClient;
  }
}
