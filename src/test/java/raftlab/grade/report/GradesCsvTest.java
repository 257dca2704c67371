package raftlab.grade.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradesCsvTest {
  @Test
  void plain_cells_stay_plain() {
    assertThat(GradesCsv.row(List.of("team one", "", "-", "12"))).isEqualTo("team one,,-,12");
  }

  @Test
  void cells_that_would_break_a_row_are_quoted() {
    assertThat(GradesCsv.cell("a,b")).isEqualTo("\"a,b\"");
    assertThat(GradesCsv.cell("say \"hello\"")).isEqualTo("\"say \"\"hello\"\"\"");
    assertThat(GradesCsv.cell("two\nlines")).isEqualTo("\"two\nlines\"");
    assertThat(GradesCsv.cell("a\rb")).isEqualTo("\"a\rb\"");
    assertThat(GradesCsv.cell(" blank ")).isEqualTo("\" blank \"");
  }

  @Test
  void no_spreadsheet_takes_a_name_for_a_formula() {
    assertThat(GradesCsv.cell("=1+1")).isEqualTo("'=1+1");
    assertThat(GradesCsv.cell("=cmd|' /C calc'!A0,\"x\""))
        .isEqualTo("\"'=cmd|' /C calc'!A0,\"\"x\"\"\"");
    assertThat(GradesCsv.cell("-rf")).isEqualTo("'-rf");
    assertThat(GradesCsv.cell("@here")).isEqualTo("'@here");
  }
}
