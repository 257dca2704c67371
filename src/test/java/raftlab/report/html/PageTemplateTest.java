package raftlab.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTemplateTest {
  private static String page(String template, Map<String, ?> values) {
    return PageTemplate.of(PageTemplateTest.class, template).with(values);
  }

  @Test
  void values_are_escaped_and_never_read_as_a_template() {
    assertThat(page("<p title=\"{{a}}\">{{a}}</p>", Map.of("a", "<b>\"{{a}}\n")))
        .isEqualTo("<p title=\"&lt;b&gt;&quot;{{a}}&#10;\">&lt;b&gt;&quot;{{a}}&#10;</p>");
  }

  @Test
  void sections_are_repeated_for_lists_and_see_the_values_around_them() {
    Map<String, ?> values =
        Map.of("x", "out", "rows", List.of(Map.of("y", 1), Map.of("y", 2, "x", "in")));
    assertThat(page("{{#rows}}{{x}}{{y}} {{/rows}}", values)).isEqualTo("out1 in2 ");
    assertThat(page("{{#rows}}{{item}},{{/rows}}", Map.of("rows", List.of("a", "b"))))
        .isEqualTo("a,b,");
  }

  @Test
  void sections_depend_on_values() {
    String template = "{{#a}}yes {{a}}{{/a}}{{^a}}no{{/a}}";
    assertThat(page(template, Map.of("a", "x"))).isEqualTo("yes x");
    assertThat(page(template, Map.of("a", ""))).isEqualTo("no");
    assertThat(page(template, Map.of("a", false))).isEqualTo("no");
    assertThat(page(template, Map.of("a", List.of()))).isEqualTo("no");
    assertThat(page("{{#a}}1{{#b}}2{{/b}}3{{/a}}4", Map.of("a", true, "b", false)))
        .isEqualTo("134");
  }

  @Test
  void mistakes_in_templates_are_found() {
    assertThatThrownBy(() -> page("{{a}}", Map.of())).hasMessageContaining("{{a}}");
    assertThatThrownBy(() -> PageTemplate.of(PageTemplateTest.class, "{{#a}}"))
        .hasMessageContaining("{{/a}}");
    assertThatThrownBy(() -> PageTemplate.of(PageTemplateTest.class, "{{#a}}{{/b}}"))
        .hasMessageContaining("{{/b}}");
  }
}
