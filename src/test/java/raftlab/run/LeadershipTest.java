package raftlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import raftlab.wire.Id;

class LeadershipTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final Id NEW = Id.of(3);
  private static final Predicate<Id> ALL = id -> true;

  private final Population population = new Population(Run.replicas(3));
  private final Leadership leadership = new Leadership(population);

  private void hear(Id named, Id... voices) {
    for (Id voice : voices) {
      leadership.heard(voice, named);
    }
    leadership.recount(ALL);
  }

  @Test
  void whom_most_members_name_leads() {
    hear(A, A);
    assertThat(leadership.leader()).isEqualTo(Id.BROADCAST);
    hear(A, B);
    assertThat(leadership.leader()).isEqualTo(A);
  }

  @Test
  void one_that_came_back_leads_only_if_it_says_so_itself() {
    hear(A, A, B, C);
    leadership.died(A);
    hear(A, B, C);
    assertThat(leadership.leader()).isEqualTo(Id.BROADCAST);
    hear(A, A);
    assertThat(leadership.leader()).isEqualTo(A);
  }

  @Test
  void a_replica_that_is_no_member_has_no_voice_but_may_be_about_to_lead() {
    population.join(NEW);
    hear(NEW, NEW, A);
    assertThat(leadership.leader()).isEqualTo(Id.BROADCAST);
    hear(NEW, B);
    assertThat(leadership.leader()).isEqualTo(NEW);
  }

  @Test
  void whoever_was_removed_neither_leads_nor_has_a_voice() {
    hear(A, A, B, C);
    population.set(A, Standing.REMOVED);
    hear(A, A, B, C);
    assertThat(leadership.leader()).isEqualTo(Id.BROADCAST);
    hear(B, B, C);
    assertThat(leadership.leader()).isEqualTo(B);
  }
}
