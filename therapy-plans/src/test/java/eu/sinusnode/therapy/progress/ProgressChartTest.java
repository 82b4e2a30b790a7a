package eu.sinusnode.therapy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ProgressChartTest {

    private static Document drawn(ProgressChart.Row... rows) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(ProgressChart.draw(List.of(rows))));
    }

    @Test
    void aBarIsAsFullAsTheWeekWas() throws Exception {
        LocalDate monday = LocalDate.of(2026, 6, 1);
        Kept half = new Kept(14, 7, 7, 0, List.of(new Kept.Week(monday, 14, 7)));
        Document svg = drawn(new ProgressChart.Row("Blood pressure & <weight>", half));
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Blood pressure & <weight>", "7 of 14", "1 Jun: 7 of 14");
        Element due = (Element) svg.getElementsByTagName("rect").item(1);
        Element done = (Element) svg.getElementsByTagName("rect").item(2);
        assertThat(Integer.parseInt(done.getAttribute("height")) * 2)
                .isEqualTo(Integer.parseInt(due.getAttribute("height")));
    }

    @Test
    void whatWasNotDueYetIsSaid() throws Exception {
        Document svg = drawn(new ProgressChart.Row("Weight", new Kept(0, 0, 0, 0, List.of())));
        assertThat(svg.getDocumentElement().getTextContent()).contains("nothing was due yet");
        assertThat(drawn().getElementsByTagName("rect").getLength()).isEqualTo(1);
    }
}
