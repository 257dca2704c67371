package raftlab.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkupTextTest {
  @Test
  void markup_is_escaped() {
    assertThat(MarkupText.text("<a href='x'>\"&]]>"))
        .isEqualTo("&lt;a href=&#39;x&#39;&gt;&quot;&amp;]]&gt;");
  }

  @Test
  void characters_that_xml_refuses_are_replaced() {
    assertThat(MarkupText.text("a\u0000b\uffffc\ud83dd\ud83d\ude00"))
        .isEqualTo("a�b�c�d\ud83d\ude00");
  }

  @Test
  void terminal_sequences_are_removed() {
    assertThat(MarkupText.text("\u001b[1;31mred\u001b[0m \u001b]0;title\u0007x"))
        .isEqualTo("red x");
  }

  @Test
  void newlines_survive_in_attributes() {
    assertThat(MarkupText.attribute("a\r\n\tb")).isEqualTo("a&#13;&#10;&#9;b");
    assertThat(MarkupText.text("a\r\n\tb")).isEqualTo("a&#13;\n\tb");
  }
}
