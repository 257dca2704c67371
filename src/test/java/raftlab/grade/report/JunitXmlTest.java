package raftlab.grade.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JunitXmlTest {
  @TempDir private Path root;

  private Document document;

  @BeforeEach
  void parse() throws Exception {
    String xml = JunitXml.of(ReportBooks.book(ReportBooks.folder(root)));
    document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private List<Element> elements(String tag) {
    NodeList nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Test
  void each_team_is_a_suite_with_the_counts_of_its_results() {
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("testsuites");
    assertThat(elements("testsuite"))
        .extracting(
            each -> each.getAttribute("name"),
            each -> each.getAttribute("tests"),
            each -> each.getAttribute("failures"),
            each -> each.getAttribute("errors"),
            each -> each.getAttribute("skipped"),
            each -> each.getAttribute("time"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                ReportBooks.HOSTILE_TEAM, "3", "1", "1", "0", "17.000"),
            org.assertj.core.groups.Tuple.tuple("absent", "3", "3", "0", "0", "0.500"),
            org.assertj.core.groups.Tuple.tuple("good", "3", "0", "0", "1", "11.500"),
            org.assertj.core.groups.Tuple.tuple("better", "3", "0", "0", "1", "11.500"));
  }

  @Test
  void the_counts_agree_with_the_elements() {
    for (Element suite : elements("testsuite")) {
      for (String[] each :
          new String[][] {
            {"tests", "testcase"},
            {"failures", "failure"},
            {"errors", "error"},
            {"skipped", "skipped"}
          }) {
        assertThat(suite.getElementsByTagName(each[1]).getLength())
            .as(each[0])
            .isEqualTo(Integer.parseInt(suite.getAttribute(each[0])));
      }
    }
  }

  @Test
  void each_case_has_a_name_of_its_own_and_a_time_without_thousands_separator() {
    List<Element> cases = elements("testcase");
    assertThat(cases)
        .extracting(each -> each.getAttribute("classname") + " " + each.getAttribute("name"))
        .doesNotHaveDuplicates()
        .contains("short.good a-1", "short." + ReportBooks.HOSTILE_TEAM + " a-2");
    assertThat(cases)
        .allSatisfy(each -> assertThat(each.getAttribute("time")).matches("[0-9]+\\.[0-9]{3}"));
  }

  @Test
  void a_failure_has_the_cause_as_its_type_and_a_fault_of_the_machine_is_an_error() {
    Element failure = elements("failure").get(0);
    assertThat(failure.getAttribute("type")).isEqualTo("votes-twice");
    assertThat(failure.getAttribute("message")).isEqualTo("it failed");
    assertThat(elements("error").get(0).getAttribute("type")).isEqualTo("machine");
    assertThat(elements("failure").get(1).getAttribute("type")).isEqualTo("no program");
    assertThat(elements("failure").get(1).getAttribute("message")).contains("found no 4700kvstore");
  }

  @Test
  void output_with_control_characters_and_markup_stays_text() {
    String text = elements("failure").get(0).getTextContent();
    assertThat(text)
        .contains("<script>alert(1)</script>\"'&\uFFFD\uFFFD]]>\r\n\t|x")
        .doesNotContain("\u001b", "[31m");
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
  }
}
