package eu.sinusnode.therapy.print;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;

/** What every page has: head, whose it is, how to get help in an emergency, and what it was made of. */
record PageFrame(PrintedPlan printed, PrintLanguage language) {

    /** The one stylesheet, without a line break at its ends. */
    static final String SHEET = sheet();

    private static final int WHOLE_DATE = "2026-01-01".length();

    Html begin(String title) {
        Html page = new Html();
        page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", language.tag(), "xml:lang", language.tag());
        page.open("head");
        page.empty("meta", "charset", "UTF-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "description", "content", title);
        page.empty("meta", "name", "subject", "content", title);
        page.empty("meta", "name", "author", "content", "SinusNode");
        page.element("title", title);
        page.style(SHEET).close();
        return page.open("body").open("main").element("h1", title);
    }

    void whose(Html page) {
        page.open("table", "class", "facts");
        page.element("caption", language.say("facts"), "class", "hidden");
        page.open("tbody");
        fact(page, "patient", name(printed.patient()));
        fact(page, "born", born(printed.patient()));
        fact(
                page,
                "programme",
                language.translated(String.valueOf(printed.plan().getTitle())));
        fact(page, "period", period(printed.plan().getPeriod()));
        fact(page, "author", Objects.requireNonNullElse(printed.contacts().author(), language.say("unknown")));
        fact(page, "clinic", Objects.requireNonNullElse(printed.contacts().clinic(), language.say("unknown")));
        fact(page, "status", language.say("status." + printed.plan().getStatus()));
        fact(
                page,
                "version",
                language.say(
                        "version.of",
                        String.valueOf(printed.plan().getIdElement().getVersionIdPart()),
                        day(printed.plan()
                                .getMeta()
                                .getLastUpdatedElement()
                                .getValue()
                                .toInstant())));
        page.close().close();
        if (printed.plan().getStatus() == CarePlanStatus.DRAFT) {
            page.element("p", language.say("draft"), "class", "notice");
        } else if (printed.plan().getStatus() != CarePlanStatus.ACTIVE) {
            page.element("p", language.say("not-active"), "class", "notice");
        }
    }

    private void fact(Html page, String key, String value) {
        page.open("tr")
                .element("th", language.say("fact." + key), "scope", "row")
                .element("td", value)
                .close();
    }

    void emergency(Html page) {
        page.open("div", "class", "emergency").element("h2", language.say("emergency"));
        page.element("p", language.say("emergency.call"), "class", "call");
        list(
                page,
                List.of(
                        language.say("emergency.chest"),
                        language.say("emergency.breath"),
                        language.say("emergency.faint"),
                        language.say("emergency.stroke")));
        page.element("p", language.say("emergency.wait")).close();
    }

    static void list(Html page, List<String> sentences) {
        page.open("ul");
        sentences.forEach(sentence -> page.element("li", sentence));
        page.close();
    }

    /**
     * @param kind of table, for the widths of its columns
     * @param headings of the columns; the first cell of each row names the row
     */
    static void table(Html page, String kind, String caption, List<String> headings, List<List<String>> rows) {
        page.open("table", "class", kind)
                .element("caption", caption)
                .open("thead")
                .open("tr");
        headings.forEach(heading -> page.element("th", heading, "scope", "col"));
        page.close().close().open("tbody");
        for (List<String> row : rows) {
            page.open("tr").element("th", row.get(0), "scope", "row");
            row.subList(1, row.size()).forEach(cell -> page.element("td", cell));
            page.close();
        }
        page.close().close();
    }

    /** @return the page as a document of HTML that is XML, too, without a document type */
    String end(Html page) {
        page.open("div", "class", "foot");
        if (!printed.complete()) {
            page.element("p", language.say("incomplete"), "class", "notice");
        }
        page.element("p", language.say("printed", language.moment(printed.now().atZone(printed.zone()))));
        page.element("p", language.say("careful"));
        page.close();
        return page.close().close().close().toString();
    }

    String day(Instant at) {
        return language.day(at.atZone(printed.zone()).toLocalDate());
    }

    /** Of a FHIR date that may be a year, or a year and a month: then as it is. */
    String day(String date) {
        return date.length() < WHOLE_DATE ? date : language.day(LocalDate.parse(date.substring(0, WHOLE_DATE)));
    }

    private String period(Period period) {
        String start = value(period.getStartElement());
        String end = value(period.getEndElement());
        return end.isEmpty()
                ? language.say("period.from", start.isEmpty() ? language.say("unknown") : day(start))
                : language.say("period.both", start.isEmpty() ? "…" : day(start), day(end));
    }

    private static String value(DateTimeType date) {
        return date.hasValue() ? date.getValueAsString() : "";
    }

    private String born(Patient patient) {
        return patient.hasBirthDate() ? day(patient.getBirthDateElement().getValueAsString()) : language.say("unknown");
    }

    private String name(Patient patient) {
        return patient.getName().stream()
                .findFirst()
                .map(PageFrame::name)
                .filter(name -> !name.isBlank())
                .orElseGet(() -> language.say("unknown"));
    }

    private static String name(HumanName name) {
        return name.hasText()
                ? name.getText()
                : Stream.concat(
                                name.getGiven().stream().map(given -> given.getValue()),
                                Stream.ofNullable(name.getFamily()))
                        .collect(Collectors.joining(" "));
    }

    private static String sheet() {
        try (InputStream stream = Objects.requireNonNull(PageFrame.class.getResourceAsStream("print.css"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
